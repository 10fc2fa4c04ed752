-- What was kept without them is computed again
DELETE FROM "finding";

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "status" TEXT NOT NULL,
ADD COLUMN     "trials" JSON NOT NULL;
