"use client";
import type { ReplayView } from "@seams/api";
import { Async, Badge, Card, Chip, PixelImage, Skeleton } from "@seams/ui";
import { useEffect, useState } from "react";
import { ScenePicture } from "./scene-picture";
import { useReplay } from "./use-replay";

interface EpisodeCardParts {
  readonly title: string;
  readonly trial: string;
  readonly condition: string;
  /** From 0. */
  readonly episode: number;
  readonly moment: number;
  readonly onReplay: (replay: ReplayView) => void;
}

/** One pipeline in one episode: from above, what it saw, and every value on the way to its answer. */
export function EpisodeCard({ title, trial, condition, episode, moment, onReplay }: EpisodeCardParts) {
  const [truthAt, setTruthAt] = useState<readonly string[]>([]);
  const query = useReplay({ trial, condition, episode, truthAt });
  const { data } = query;
  useEffect(() => {
    if (data !== undefined) onReplay(data);
    // The parent only keeps what it is told: its function may change with every drawing.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  }, [data]);
  return (
    <section aria-label={title} className="min-w-0">
      <Card className="flex flex-col gap-4 p-4">
        <h2 className="text-base font-semibold">{title}</h2>
        <Async query={query} skeleton={<Skeleton className="h-96 w-full" />}>
          {(replay) => (
            <>
              <Ending replay={replay} moment={moment} />
              <ScenePicture label={title} replay={replay} moment={moment} />
              <Oracles
                replay={replay}
                truthAt={truthAt}
                onToggle={(place) =>
                  setTruthAt(
                    truthAt.includes(place)
                      ? truthAt.filter((one) => one !== place)
                      : [...truthAt, place].toSorted(),
                  )
                }
              />
              <Values replay={replay} moment={moment} />
            </>
          )}
        </Async>
      </Card>
    </section>
  );
}

function Ending({ replay, moment }: { readonly replay: ReplayView; readonly moment: number }) {
  const { outcome, moments } = replay;
  const { success, harm, completion } = outcome;
  const over = moment >= moments.length - 1;
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <Badge tone={success ? "good" : "danger"}>
        {success ? "ends well" : harm ? "comes to harm" : "does not succeed"}
      </Badge>
      <span>
        {Math.round(100 * completion)} % done after {moments.length} moments{over ? "; this is its last" : ""}
      </span>
    </p>
  );
}

/** Places at which the truth may stand in: the drive with an oracle there. */
function Oracles({
  replay,
  truthAt,
  onToggle,
}: {
  readonly replay: ReplayView;
  readonly truthAt: readonly string[];
  readonly onToggle: (place: string) => void;
}) {
  const first = replay.moments[0]?.values ?? [];
  const places = first.filter(({ label, place }) => label !== undefined && !place.startsWith("field "));
  if (places.length === 0) return null;
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="float-left mr-2 text-sm text-quiet">The truth instead of</legend>
      {places.map(({ place }) => (
        <Chip key={place} pressed={truthAt.includes(place)} onPress={() => onToggle(place)}>
          <span className="font-mono">{place}</span>
        </Chip>
      ))}
    </fieldset>
  );
}

function Values({ replay, moment }: { readonly replay: ReplayView; readonly moment: number }) {
  const shown = replay.moments[Math.min(moment, replay.moments.length - 1)];
  if (shown === undefined) return null;
  const pictures = shown.values.flatMap(({ place, value }) =>
    value.is === "image" ? [{ place, value }] : [],
  );
  return (
    <div className="grid gap-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <div className="flex flex-col gap-2">
        {pictures.map(({ place, value }) => (
          <PixelImage key={place} label={`${place} at this moment`} {...value} />
        ))}
      </div>
      <table className="w-full table-fixed border-collapse text-left text-sm">
        <thead className="text-quiet">
          <tr>
            <th scope="col" className="font-medium">
              Place
            </th>
            <th scope="col" className="font-medium">
              Value
            </th>
            <th scope="col" className="font-medium">
              Truth
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.values.map(({ place, value, words, truthWords }) =>
            value.is === "image" ? null : (
              <tr key={place} className="border-t border-line align-top">
                <th scope="row" className="truncate py-1 pr-2 font-mono font-normal" title={place}>
                  {place.replace(/^field /, "")}
                </th>
                <td className="truncate py-1 pr-2 tabular-nums" title={words}>
                  {words}
                </td>
                <td className="truncate py-1 tabular-nums text-quiet" title={truthWords}>
                  {truthWords ?? ""}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
