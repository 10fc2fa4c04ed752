"use client";
import type { LiveEvent } from "@seams/api";
import { useEffect, useRef, useState } from "react";

/** One experiment's or one trial's log. */
export type LiveTopic = { readonly experiment: string } | { readonly trial: string };

/** `polling`: events cannot stream, so the page asks every 3 seconds instead. */
export type LiveState = "connecting" | "live" | "reconnecting" | "polling";

interface LiveParts {
  /** Undefined: nothing to follow (yet, or any more). */
  readonly topic: LiveTopic | undefined;
  /** Sequence number of the last event that the page already has. */
  readonly after: number;
  /** New events, in order, each once. */
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  /** Asks for everything anew; called every 3 s while events cannot stream. */
  readonly onPoll: () => void;
}

const RETRY_MS = 2_000;
const POLL_MS = 3_000;
const FAILURES_BEFORE_POLLING = 3;
/** The API says something every 5 s; after this long without a word the connection counts as broken. */
const SILENCE_MS = 10_000;

/**
 * Follows the log over server-sent events. A connection that breaks, or is silent for 10 s, goes on behind the last
 * event it brought; where none comes about, the page polls, and keeps trying to connect.
 */
export function useLive({ topic, after, onEvents, onPoll }: LiveParts): LiveState {
  const [state, setState] = useState<LiveState>("connecting");
  const handlers = useRef({ onEvents, onPoll });
  const position = useRef(after);
  useEffect(() => {
    handlers.current = { onEvents, onPoll };
    position.current = Math.max(position.current, after);
  });
  const query = topic === undefined ? undefined : new URLSearchParams(Object.entries(topic)).toString();

  useEffect(() => {
    if (query === undefined) return;
    setState("connecting");
    return follow(query, {
      position,
      setState,
      onEvents: (events) => handlers.current.onEvents(events),
      onPoll: () => handlers.current.onPoll(),
    });
  }, [query]);
  return state;
}

interface Follower {
  readonly position: { current: number };
  readonly setState: (state: LiveState) => void;
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  readonly onPoll: () => void;
}

/** Connects and keeps connected; returns how to stop. */
function follow(query: string, { position, setState, onEvents, onPoll }: Follower): () => void {
  let source: EventSource | undefined;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(reconnect, SILENCE_MS);
  };
  const reconnect = (): void => {
    // The browser's own retry would start from the first position again: start anew behind the last event instead.
    source?.close();
    clearTimeout(silence);
    failures++;
    const polls = failures >= FAILURES_BEFORE_POLLING;
    setState(polls ? "polling" : "reconnecting");
    if (polls) poll ??= setInterval(onPoll, POLL_MS);
    retry = setTimeout(connect, Math.min(RETRY_MS * failures, 5 * RETRY_MS));
  };
  const connect = (): void => {
    source = new EventSource(`/api/live?${query}&after=${position.current}`);
    heard();
    source.addEventListener("ping", heard);
    source.onopen = () => {
      heard();
      failures = 0;
      clearInterval(poll);
      poll = undefined;
      setState("live");
    };
    source.onmessage = (message: MessageEvent<string>) => {
      heard();
      const batch = (JSON.parse(message.data) as LiveEvent[]).filter(({ seq }) => seq > position.current); // the API's own words
      const last = batch.at(-1);
      if (last === undefined) return;
      position.current = last.seq;
      onEvents(batch);
    };
    source.onerror = reconnect;
  };

  connect();
  return () => {
    source?.close();
    clearTimeout(silence);
    clearTimeout(retry);
    clearInterval(poll);
  };
}
