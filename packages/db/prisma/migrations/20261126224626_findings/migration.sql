-- AlterTable
ALTER TABLE "trial" ADD COLUMN     "seconds" DOUBLE PRECISION,
ADD COLUMN     "test" JSON;

-- Trials that were done before
UPDATE "trial" SET "seconds" = ("result"->>'seconds')::double precision, "test" = "result"->'test' WHERE "result" IS NOT NULL;

-- CreateTable
CREATE TABLE "finding" (
    "experiment_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "program" TEXT NOT NULL,
    "found" JSON NOT NULL,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("experiment_id")
);

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
