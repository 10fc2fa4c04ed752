"use client";
import type { ReplayView } from "@seams/api";
import { Button, EmptyState, IconButton } from "@seams/ui";
import { ChevronLeft, ChevronRight, Pause, Play, Split } from "lucide-react";
import { useCallback, useState } from "react";
import { EpisodeCard } from "./episode-card";
import { partingOf } from "./parting";
import { usePlayer } from "./use-player";

/** A trained pipeline that is watched. */
interface Side {
  readonly title: string;
  readonly trial: string;
}

interface SideBySideParts {
  readonly condition: string;
  /** From 1. */
  readonly episode: number;
  readonly onEpisode: (episode: number) => void;
  readonly sides: readonly Side[];
}

/** Pipelines in the same episode, moved through time together. */
export function SideBySide({ condition, episode, onEpisode, sides }: SideBySideParts) {
  const [replays, setReplays] = useState<Readonly<Record<number, ReplayView>>>({});
  const note = useCallback(
    (side: number, replay: ReplayView) => setReplays((before) => ({ ...before, [side]: replay })),
    [],
  );
  const known = sides.flatMap((_, side) => replays[side] ?? []);
  const player = usePlayer(Math.max(0, ...known.map(({ moments }) => moments.length)));
  const [a, b] = known;
  const parting = a === undefined || b === undefined ? undefined : partingOf(a.moments, b.moments);
  const episodes = a?.episodes ?? episode;
  if (sides.length === 0)
    return (
      <EmptyState title="Nothing is trained with these rows and this seed yet">
        Choose others, or wait until a trial has ended.
      </EmptyState>
    );
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <nav aria-label="Episodes" className="flex items-center gap-1 text-sm">
          <IconButton
            label="Previous episode"
            icon={<ChevronLeft aria-hidden size={16} />}
            disabled={episode <= 1}
            onClick={() => onEpisode(episode - 1)}
          />
          <span aria-live="polite" className="min-w-32 text-center">
            episode {episode} of {episodes}
          </span>
          <IconButton
            label="Next episode"
            icon={<ChevronRight aria-hidden size={16} />}
            disabled={episode >= episodes}
            onClick={() => onEpisode(episode + 1)}
          />
        </nav>
        <Timeline player={player} known={known} />
        {parting === undefined ? null : (
          <Button icon={<Split aria-hidden size={16} />} onClick={() => player.goTo(parting)}>
            They part at moment {parting + 1}
          </Button>
        )}
      </div>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        {sides.map(({ title, trial }, side) => (
          <EpisodeCard
            // Both sides may be the same pipeline: with and without an oracle.
            key={`${side} ${trial}`}
            title={title}
            trial={trial}
            condition={condition}
            episode={episode - 1}
            moment={player.moment}
            onReplay={(replay) => note(side, replay)}
          />
        ))}
      </div>
    </>
  );
}

function Timeline({
  player,
  known,
}: {
  readonly player: ReturnType<typeof usePlayer>;
  readonly known: readonly ReplayView[];
}) {
  const last = Math.max(0, ...known.map(({ moments }) => moments.length - 1));
  return (
    <div className="flex min-w-64 flex-1 items-center gap-3 text-sm">
      <IconButton
        label={player.playing ? "Pause" : "Play"}
        icon={player.playing ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
        disabled={last === 0}
        onClick={player.toggle}
      />
      <input
        type="range"
        aria-label="Moment"
        aria-valuetext={`moment ${player.moment + 1} of ${last + 1}`}
        className="min-w-32 flex-1 accent-(--accent)"
        min={0}
        max={last}
        value={player.moment}
        onChange={(event) => player.goTo(Number(event.target.value))}
      />
      <span className="min-w-28 tabular-nums">
        moment {player.moment + 1} of {last + 1}
      </span>
    </div>
  );
}
