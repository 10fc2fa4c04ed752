import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A JSON Schema, as far as our types need one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Types read from the sources: what results look like is said once, where they are made. */
export interface Declarations {
  /** The declarations that a type reaches within our sources, itself first, as they are written there. */
  text(type: string): readonly string[];
  /** The type as a JSON Schema; types with a name are `$defs`, comments are descriptions. */
  schema(type: string): JsonSchema;
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  types: [],
  lib: ["lib.es2023.d.ts"],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** Only imports of types within our own sources are followed: no result holds others' types, and reading takes seconds. */
function typesOnlyHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS, true);
  const isFollowed = (literal: ts.StringLiteralLike): boolean => {
    if (!literal.text.startsWith(".") && !literal.text.startsWith("@seams/")) return false;
    const { parent } = literal;
    const bindings = ts.isImportDeclaration(parent) ? parent.importClause : undefined;
    const named = bindings?.namedBindings;
    if (bindings === undefined || bindings.isTypeOnly) return true;
    return named !== undefined && ts.isNamedImports(named) && named.elements.some((one) => one.isTypeOnly);
  };
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map((literal) =>
      isFollowed(literal)
        ? ts.resolveModuleName(literal.text, from, OPTIONS, host)
        : { resolvedModule: undefined },
    );
  return host;
}

/**
 * Reads the exported types of files.
 * @param files paths from the repository's root
 */
export function readDeclarations(files: readonly string[]): Declarations {
  const roots = files.map((file) => fileURLToPath(new URL(`../../${file}`, import.meta.url)));
  const program = ts.createProgram(roots, OPTIONS, typesOnlyHost());
  const checker = program.getTypeChecker();
  const find = (name: string): ts.Symbol => {
    for (const root of roots) {
      const source = program.getSourceFile(root);
      const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
      const found = module === undefined ? undefined : checker.getExportsOfModule(module);
      const symbol = found?.find((one) => one.name === name);
      if (symbol !== undefined) return symbol;
    }
    throw new Error(`docs: no type ${name} in ${files.join(", ")}`);
  };
  return {
    text: (name) => [...reached(checker, find(name))].map(declarationText),
    schema: (name) => schemaOf(checker, find(name)),
  };
}

const isOurs = (node: ts.Node): boolean => !node.getSourceFile().fileName.includes("/node_modules/");

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

function declarationOf(symbol: ts.Symbol | undefined): Declaration | undefined {
  return symbol?.declarations?.find(
    (one): one is Declaration =>
      (ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) && isOurs(one),
  );
}

/** In the order in which a reader meets them. */
function reached(checker: ts.TypeChecker, from: ts.Symbol): ReadonlySet<Declaration> {
  const found = new Set<Declaration>();
  const visit = (symbol: ts.Symbol | undefined): void => {
    const declaration = declarationOf(symbol);
    if (declaration === undefined || found.has(declaration)) return;
    found.add(declaration);
    const names: ts.Symbol[] = [];
    const collect = (node: ts.Node): void => {
      if (ts.isTypeReferenceNode(node)) names.push(...resolved(checker, node.typeName));
      if (ts.isExpressionWithTypeArguments(node)) names.push(...resolved(checker, node.expression));
      ts.forEachChild(node, collect);
    };
    ts.forEachChild(declaration, collect);
    names.forEach(visit);
  };
  visit(from);
  return found;
}

/** The symbol behind a name, through imports. */
function resolved(checker: ts.TypeChecker, name: ts.Node): readonly ts.Symbol[] {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return [];
  return [symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol];
}

function declarationText(node: Declaration): string {
  const [comment] = ts.getLeadingCommentRanges(node.getSourceFile().text, node.pos)?.slice(-1) ?? [];
  const words = comment === undefined ? "" : node.getSourceFile().text.slice(comment.pos, comment.end);
  return `${words}\n${node.getText().replace(/^export /, "")}`.trim();
}

function schemaOf(checker: ts.TypeChecker, root: ts.Symbol): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  const titled = (symbol: ts.Symbol, schema: JsonSchema): JsonSchema => {
    const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
    return words === "" ? schema : { description: words, ...schema };
  };

  const objectOf = (type: ts.Type): JsonSchema => {
    const each = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const properties = checker.getPropertiesOfType(type);
    const required = properties.filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0);
    return {
      type: "object",
      ...(properties.length === 0
        ? {}
        : {
            properties: Object.fromEntries(
              properties.map((one) => [one.name, titled(one, typed(checker.getTypeOfSymbol(one)))]),
            ),
          }),
      ...(required.length === 0 ? {} : { required: required.map(({ name }) => name) }),
      ...(each === undefined ? {} : { additionalProperties: typed(each.type) }),
    };
  };

  /** A type without a name of its own, or the inside of one that has. */
  const plain = (type: ts.Type): JsonSchema => {
    if (type.isUnion()) return unionOf(type);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === "true" };
    if (type.flags & ts.TypeFlags.Number) return { type: "number" };
    if (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: "string" };
    if (type.flags & ts.TypeFlags.Boolean) return { type: "boolean" };
    if (checker.isTupleType(type)) {
      return {
        type: "array",
        prefixItems: checker.getTypeArguments(type as ts.TupleTypeReference).map(typed),
      };
    }
    if (checker.isArrayType(type)) {
      const [of] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: "array", ...(of === undefined ? {} : { items: typed(of) }) };
    }
    if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))
      return brandOf(type) ?? objectOf(type);
    throw new Error(`docs: no schema for the type ${checker.typeToString(type)}`);
  };

  /** A branded string or number is a plain one in JSON. */
  const brandOf = (type: ts.Type): JsonSchema | undefined => {
    if (!type.isIntersection()) return undefined;
    const base = type.types.find(({ flags }) => flags & (ts.TypeFlags.String | ts.TypeFlags.Number));
    return base === undefined ? undefined : plain(base);
  };

  const unionOf = (type: ts.UnionType): JsonSchema => {
    if (type.flags & ts.TypeFlags.Boolean) return { type: "boolean" };
    const parts = type.types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
    if (parts.length > 0 && parts.every((part) => part.isStringLiteral())) {
      return { type: "string", enum: parts.map(({ value }) => value) };
    }
    const isBoolean = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const others = parts.filter((part) => !isBoolean(part)).map(typed);
    const all = parts.filter(isBoolean).length === 2 ? [...others, { type: "boolean" }] : parts.map(typed);
    return all.length === 1 && all[0] !== undefined ? all[0] : { anyOf: all };
  };

  const typed = (type: ts.Type): JsonSchema => {
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const declaration = declarationOf(symbol);
    const isGeneric = (type.aliasTypeArguments ?? []).length > 0;
    if (symbol === undefined || declaration === undefined || isGeneric) return plain(type);
    if (!(symbol.name in definitions)) {
      definitions[symbol.name] = {}; // it may hold itself
      definitions[symbol.name] = titled(symbol, plain(type));
    }
    return { $ref: `#/$defs/${symbol.name}` };
  };

  const whole = titled(root, plain(checker.getDeclaredTypeOfSymbol(root)));
  const { description, ...rest } = whole;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...(description === undefined ? {} : { description }),
    ...rest,
    $defs: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
