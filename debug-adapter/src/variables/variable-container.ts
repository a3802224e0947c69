import type { Variable } from "../symbols/module-symbols.ts";
import type { GoShownValue } from "../values/go/shown-value.ts";
import { formatValue } from "../values/format.ts";
import { childExpression, type ChildRange, type FormattedValue, type ValueContext } from "../values/value.ts";

/** A variable written out, with the expression that gives it again. */
export interface ShownVariable {
  readonly name: string;
  readonly formatted: FormattedValue;
  readonly expression: string | undefined;
  /** What is inside of it. */
  readonly container: VariableContainer | undefined;
}

/** Something with variables in it: a scope, a struct, an array, what a pointer points to. */
export interface VariableContainer {
  /** Elements that can be asked for by range, where it has such. */
  readonly indexedCount: number | undefined;
  /** Others beside those elements, which then can be asked for alone. */
  readonly namedCount?: number;
  list(range?: ChildRange, filter?: "named" | "indexed"): Promise<readonly ShownVariable[]>;
}

/** The variables of a scope. */
export function scopeContainer(variables: readonly Variable[], context: ValueContext): VariableContainer {
  return {
    indexedCount: undefined,
    list: async () => {
      await readBegins(variables, context);
      return Promise.all(variables.map((variable) => showVariable(variable, scopeExpression(variable.name), context)));
    },
  };
}

/** Reads where variables begin: what lies in memory that is known is written out without a wait for each part of it. */
async function readBegins(variables: readonly Variable[], { memory }: ValueContext): Promise<void> {
  await Promise.all(variables.flatMap(({ value }) => (value.kind === "memory" ? [memory.read(value.memoryIndex, value.address, 1)] : [])));
}

export async function showVariable(variable: Variable, expression: string | undefined, context: ValueContext): Promise<ShownVariable> {
  if (variable.value.kind === "go") return showGoValue(await variable.value.load());
  const formatted = await formatValue(variable, context);
  return { name: variable.name, formatted, expression, container: valueContainer(formatted, expression, context) };
}

export function showGoValue({ name, value, type, evaluateName, memoryReference, inside }: GoShownValue): ShownVariable {
  return {
    name,
    formatted: { value, ...(type === "" ? {} : { type }), ...(memoryReference === undefined ? {} : { memoryReference }) },
    expression: evaluateName,
    container: inside && {
      indexedCount: inside.indexedCount > 0 ? inside.indexedCount : undefined,
      namedCount: inside.namedCount,
      list: async (range, filter) => (await inside.list(filter, range)).map(showGoValue),
    },
  };
}

function valueContainer(formatted: FormattedValue, expression: string | undefined, context: ValueContext): VariableContainer | undefined {
  const { children, indexedCount } = formatted;
  if (!children) return undefined;
  return {
    indexedCount,
    list: async (range) =>
      Promise.all(
        (await children(range)).map(({ variable, access }) =>
          showVariable(variable, expression === undefined ? undefined : childExpression(expression, access), context),
        ),
      ),
  };
}

/** Names that the expression language cannot write have no expression. */
function scopeExpression(name: string): string | undefined {
  return /^(?:[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*|\$[\w!#$%&'*+\-./:<=>?@\\^`|~]+)$/.test(name) ? name : undefined;
}
