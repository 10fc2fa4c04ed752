"use client";
import { BareDialog, Keys } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { useCommandGroups } from "./commands";
import { IMPORT, PLACES, SETTINGS } from "./places";

const ITEM =
  "flex h-9 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-accent-soft";
const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-quiet";

/** Everything that can be reached or done, by a few letters of its name. */
export function Palette({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  return (
    <BareDialog open={open} onOpenChange={onOpenChange} label="Go to or do">
      <PaletteList close={() => onOpenChange(false)} />
    </BareDialog>
  );
}

function PaletteList({ close }: { readonly close: () => void }) {
  const router = useRouter();
  const trpc = useTRPC();
  const { groups } = useCommandGroups();
  const problems = useQuery(trpc.problems.list.queryOptions());
  const pipelines = useQuery(trpc.pipelines.list.queryOptions({}));
  const go = (href: string) => () => {
    close();
    router.push(href);
  };
  return (
    <Command label="Go to or do" loop>
      <Command.Input
        placeholder="Go to or do…"
        className="h-12 w-full border-b border-line bg-transparent px-4 outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-2">
        <Command.Empty className="p-4 text-center text-sm text-quiet">Nothing has that name.</Command.Empty>
        {groups.map((group) => (
          <Group key={group.title} title={group.title}>
            {group.commands.map(({ id, title, keys, run }) =>
              run === undefined ? null : (
                <Command.Item
                  key={id}
                  value={`${group.title} ${title}`}
                  className={ITEM}
                  onSelect={() => {
                    close();
                    run();
                  }}
                >
                  <span className="flex-1">{title}</span>
                  {keys === undefined ? null : <Keys keys={keys} />}
                </Command.Item>
              ),
            )}
          </Group>
        ))}
        <Group title="Go to">
          {[...PLACES, IMPORT, SETTINGS].map((place) => (
            <Command.Item
              key={place.href}
              value={`Go to ${place.title}`}
              className={ITEM}
              onSelect={go(place.href)}
            >
              <place.icon aria-hidden size={16} className="text-quiet" />
              {place.title}
            </Command.Item>
          ))}
        </Group>
        <Group title="Problems">
          {problems.data?.map(({ id, title }) => (
            <Command.Item
              key={id}
              value={`Problem ${title} ${id}`}
              className={ITEM}
              onSelect={go(paths.problem(id))}
            >
              {title}
            </Command.Item>
          ))}
        </Group>
        <Group title="Pipelines">
          {pipelines.data?.map(({ id, title, problem }) => (
            <Command.Item
              key={id}
              value={`Pipeline ${title} ${id}`}
              className={ITEM}
              onSelect={go(paths.pipeline(id))}
            >
              <span className="flex-1 truncate">{title}</span>
              <span className="text-quiet">{problem}</span>
            </Command.Item>
          ))}
        </Group>
      </Command.List>
    </Command>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Command.Group heading={title} className={GROUP}>
      {children}
    </Command.Group>
  );
}
