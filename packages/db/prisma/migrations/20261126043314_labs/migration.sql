-- AlterTable
ALTER TABLE "experiment" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'comparison',
ADD COLUMN     "lab" JSON;
