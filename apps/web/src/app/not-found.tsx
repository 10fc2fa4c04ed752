import { Button, EmptyState, Page } from "@seams/ui";
import Link from "next/link";

/** An address that nothing answers. */
export default function NotFound() {
  return (
    <Page>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is no page here"
        action={
          <Button asChild tone="primary">
            <Link href="/">Go to the gallery</Link>
          </Button>
        }
      >
        The link may be old, or a letter of it got lost.
      </EmptyState>
    </Page>
  );
}
