"use client";
import {
  Async,
  Button,
  Checkbox,
  Chip,
  Fact,
  Facts,
  Page,
  PageHeader,
  Section,
  shortDuration,
  Skeleton,
} from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { useTheme } from "next-themes";
import Link from "next/link";
import { useEffect, useState } from "react";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { usePreferences } from "../shell/preferences";
import { type Outputs, useTRPC } from "../trpc";

const THEMES = [
  { id: "system", title: "As the system" },
  { id: "light", title: "Light" },
  { id: "dark", title: "Dark" },
] as const;

/** A person's habits, kept in this browser, and what runs on this machine. */
export function SettingsScreen() {
  const trpc = useTRPC();
  const { singleKeys, setSingleKeys } = usePreferences();
  const system = useQuery(trpc.system.info.queryOptions());
  return (
    <Page>
      <Crumbs items={[{ label: "Settings" }]} />
      <PageHeader
        title="Settings"
        lead="What you choose here stays in this browser."
        actions={
          <Button asChild>
            <Link href={paths.docs()}>Documentation</Link>
          </Button>
        }
      />
      <Section title="Appearance">
        <ThemeChoice />
      </Section>
      <Section title="Keyboard" help="Press ? anywhere for the shortcuts of what is on screen.">
        <Checkbox
          label="Single-key shortcuts"
          help="Turn off where keys are pressed by accident, or by voice."
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
      </Section>
      <Section title="This machine">
        <Async
          query={system}
          skeleton={<Skeleton className="h-48 w-full" />}
          safe="Everything stored is safe."
        >
          {(info) => <Machine info={info} />}
        </Async>
      </Section>
    </Page>
  );
}

function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  // Which theme was chosen is known in the browser only.
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return (
    <div role="group" aria-label="Theme" className="flex flex-wrap gap-2">
      {THEMES.map(({ id, title }) => (
        <Chip key={id} pressed={mounted && theme === id} onPress={() => setTheme(id)}>
          {title}
        </Chip>
      ))}
    </div>
  );
}

function Machine({ info }: { readonly info: Outputs["system"]["info"] }) {
  const { engine, workers } = info;
  return (
    <Facts>
      <Fact name="Seams">{info.version}</Fact>
      <Fact name="Engine">
        {engine === null
          ? "Known after the first trial."
          : `${engine.backend} (${engine.form}), ${engine.threads} ${engine.threads === 1 ? "thread" : "threads"}, Node ${engine.node}`}
      </Fact>
      <Fact name="Processor cores">{info.cores}</Fact>
      <Fact name="Workers">
        {workers.length === 0 ? (
          "None: nothing trains."
        ) : (
          <ul>
            {workers.map(({ name, pid, trial }) => (
              <li key={name}>
                {name}
                {pid === null ? ", starting" : `, process ${pid}`}
                {trial === null ? ", idle" : ", "}
                {trial === null ? null : (
                  <Link href={paths.run(trial)} className="text-accent underline underline-offset-2">
                    training
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact name="Data folder">
        <code className="font-mono break-all">{info.home}</code>
      </Fact>
      <Fact name="Running for">{shortDuration(info.uptimeSeconds)}</Fact>
    </Facts>
  );
}
