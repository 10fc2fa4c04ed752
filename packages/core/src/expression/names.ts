import type { Expression } from "./expression";

/** Calls `visit` on every node of a tree, parents first. */
export function walk(expression: Expression, visit: (node: Expression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) walk(child, visit);
}

/** The names that an expression uses, each once, in the order of their first use. */
export function namesOf(expression: Expression): readonly string[] {
  const names = new Set<string>();
  walk(expression, (node) => {
    if (node.is === "name") names.add(node.name);
  });
  return [...names];
}

/** Number of nodes: what evaluating the tree once costs, about. */
export function sizeOf(expression: Expression): number {
  let nodes = 0;
  walk(expression, () => {
    nodes++;
  });
  return nodes;
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case "index":
      return [expression.of, expression.index];
    case "unary":
      return [expression.of];
    case "binary":
      return [expression.left, expression.right];
    case "call":
      return expression.arguments;
    case "number":
    case "text":
    case "name":
      return [];
  }
}
