import { type Diagnostic, diagnose } from "@seams/core";
import type { CommandContext } from "./command";
import { type CompiledGraph, compileGraph } from "./compile-graph";
import { codeFor } from "./exit";
import { refusal, writeDiagnostics } from "./write-diagnostics";

/** What most commands on one pipeline are asked with. */
export interface BudgetOptions {
  readonly problem?: string;
  /** Absent: all training rows. */
  readonly budget?: number;
  readonly json?: true;
}

/** A pipeline that compiles, and a budget that its problem has. */
export interface BudgetedGraph {
  readonly compiled: CompiledGraph;
  readonly budget: number;
  /** Writes what is wrong as the command was asked to, and ends it. */
  refuse(found: readonly Diagnostic[], code: Parameters<CommandContext["exitWith"]>[0]): void;
}

/** Compiles the pipeline that a command names. Where it is refused, that is written, and the command has ended. */
export async function budgetedGraph(
  named: string,
  { problem, budget: asked, json }: BudgetOptions,
  { terminal, exitWith }: CommandContext,
): Promise<BudgetedGraph | undefined> {
  const refuse: BudgetedGraph["refuse"] = (found, code) => {
    if (json) terminal.out(refusal(found));
    else writeDiagnostics(terminal, found);
    exitWith(code);
  };
  const { compiled, diagnostics } = await compileGraph(named, { asked: problem });
  const budget = asked ?? compiled?.problem.rows.train ?? 0;
  const over = budgetAbove(budget, compiled);
  if (compiled === undefined || over.length > 0) {
    const found = [...diagnostics, ...over];
    refuse(found, codeFor(found));
    return undefined;
  }
  writeDiagnostics(terminal, diagnostics);
  return { compiled, budget, refuse };
}

/** Found before anything is trained. */
export function budgetAbove(budget: number, compiled: CompiledGraph | undefined): readonly Diagnostic[] {
  const rows = compiled?.problem.rows.train ?? budget;
  return budget <= rows ? [] : [diagnose.trial.budgetAboveRows({ place: { at: "graph" }, budget, rows })];
}
