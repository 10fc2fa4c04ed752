"use client";
import { Handle, Position } from "@xyflow/react";
import clsx from "clsx";
import { TypeShape } from "../components/type-shape";
import { useCanvas } from "./canvas-context";
import { portTop, STAGE } from "./geometry";
import { type PortView, typeWords } from "./graph-view";

interface PortParts {
  readonly stage: string;
  readonly port: PortView;
  readonly side: "input" | "output";
  readonly index: number;
}

/** One port: a 24 × 24 px target with its type's shape, and its name. Enter or a click starts or ends a wire. */
export function Port({ stage, port, side, index }: PortParts) {
  const { editable, active, wire, onPort } = useCanvas();
  const isOutput = side === "output";
  const holdsWire = wire?.stage === stage && wire.port === port.name && wire.side === side;
  const words = `${side} ${stage}.${port.name}, ${typeWords(port.type)}${port.label === undefined ? "" : `, trained on ${port.label}`}`;
  return (
    <>
      <Handle
        id={port.name}
        type={isOutput ? "source" : "target"}
        position={isOutput ? Position.Right : Position.Left}
        isConnectable={editable}
        role={editable ? "button" : "img"}
        tabIndex={editable && active === stage ? 0 : -1}
        aria-label={words}
        aria-pressed={editable ? holdsWire : undefined}
        title={words}
        onClick={() => onPort({ stage, port: port.name, side })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          event.stopPropagation();
          onPort({ stage, port: port.name, side });
        }}
        style={{ top: portTop(index), width: STAGE.hit, height: STAGE.hit }}
        className={clsx(
          "seams-port nopan !absolute z-10 flex items-center justify-center rounded-full",
          isOutput ? "!right-[-12px] !left-auto" : "!left-[-12px]",
          holdsWire && "bg-accent-soft outline-2 outline-accent",
          editable && "hover:bg-accent-soft",
        )}
      >
        <span
          className={clsx(
            "pointer-events-none flex rounded-full bg-raised p-0.5",
            port.exists ? "" : "outline outline-danger",
          )}
        >
          <TypeShape type={port.type} />
        </span>
      </Handle>
      <span
        aria-hidden
        style={{ top: portTop(index), maxWidth: STAGE.width / 2 - 16 }}
        className={clsx(
          "seams-detail pointer-events-none absolute truncate text-sm/6",
          isOutput ? "right-4 text-right" : "left-4",
          port.exists ? "text-quiet" : "text-danger line-through",
        )}
      >
        {port.name}
      </span>
    </>
  );
}
