-- CreateEnum
CREATE TYPE "trial_status" AS ENUM ('queued', 'running', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "problem" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "train" INTEGER NOT NULL,
    "validation" INTEGER NOT NULL,
    "test" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "problem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "problem" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "pipeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pipeline_version" (
    "pipeline_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pipeline_version_pkey" PRIMARY KEY ("pipeline_id","version")
);

-- CreateTable
CREATE TABLE "experiment" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "problem_hash" TEXT NOT NULL,
    "budgets" INTEGER[],
    "seeds" BIGINT[],
    "prices" JSON NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experiment_pipeline" (
    "experiment_id" UUID NOT NULL,
    "pipeline" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "version" INTEGER,
    "title" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "document" JSON NOT NULL,
    "plan" JSON NOT NULL,

    CONSTRAINT "experiment_pipeline_pkey" PRIMARY KEY ("experiment_id","pipeline")
);

-- CreateTable
CREATE TABLE "trial" (
    "id" UUID NOT NULL,
    "experiment_id" UUID NOT NULL,
    "pipeline" TEXT NOT NULL,
    "budget" INTEGER NOT NULL,
    "seed" BIGINT NOT NULL,
    "rank" INTEGER NOT NULL,
    "status" "trial_status" NOT NULL DEFAULT 'queued',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lost" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "result" JSON,
    "correct" JSON,
    "diagnostic" JSON,

    CONSTRAINT "trial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "seq" BIGSERIAL NOT NULL,
    "trial_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "event" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "experiment_key_key" ON "experiment"("key");

-- CreateIndex
CREATE INDEX "experiment_created_at_idx" ON "experiment"("created_at");

-- CreateIndex
CREATE INDEX "trial_status_lease_until_idx" ON "trial"("status", "lease_until");

-- CreateIndex
CREATE UNIQUE INDEX "trial_experiment_id_pipeline_budget_seed_key" ON "trial"("experiment_id", "pipeline", "budget", "seed");

-- CreateIndex
CREATE INDEX "event_trial_id_seq_idx" ON "event"("trial_id", "seq");

-- AddForeignKey
ALTER TABLE "pipeline_version" ADD CONSTRAINT "pipeline_version_pipeline_id_fkey" FOREIGN KEY ("pipeline_id") REFERENCES "pipeline"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment_pipeline" ADD CONSTRAINT "experiment_pipeline_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_experiment_id_pipeline_fkey" FOREIGN KEY ("experiment_id", "pipeline") REFERENCES "experiment_pipeline"("experiment_id", "pipeline") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "trial"("id") ON DELETE CASCADE ON UPDATE CASCADE;
