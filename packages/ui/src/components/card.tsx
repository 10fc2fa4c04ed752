import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A sheet on the paper. */
export function Card({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div className={clsx("rounded-lg border border-line bg-surface shadow-card", className)} {...rest} />
  );
}

/** A titled part of a page: heading, an optional line of help, actions at its right. */
export function Section({
  title,
  help,
  actions,
  children,
  className,
}: {
  readonly title: string;
  readonly help?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={clsx("flex flex-col gap-4", className)} aria-label={title}>
      <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="text-base font-semibold">{title}</h2>
          {help === undefined ? null : <p className="max-w-prose text-sm text-quiet">{help}</p>}
        </div>
        {actions === undefined ? null : <div className="flex items-center gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** The top of a page: its only h1 with the stitched line under it. */
export function PageHeader({
  title,
  lead,
  actions,
  children,
}: {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="seam-b w-fit max-w-full pb-2 text-lg font-semibold">{title}</h1>
          {lead === undefined ? null : <p className="max-w-prose text-quiet">{lead}</p>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </header>
  );
}

/** The padded column that a page stands in. */
export function Page({ children, wide }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <div
      className={clsx(
        "mx-auto flex w-full flex-col gap-8 p-4 md:p-8",
        wide === true ? "max-w-[112rem]" : "max-w-6xl",
      )}
    >
      {children}
    </div>
  );
}
