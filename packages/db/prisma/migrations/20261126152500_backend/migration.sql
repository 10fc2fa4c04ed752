-- AlterTable
ALTER TABLE "experiment" ADD COLUMN     "backend" JSON;
