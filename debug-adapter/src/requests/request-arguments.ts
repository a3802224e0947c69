import { schemaProblems, type ValueSchema } from "#core/contract/json-schema.ts";
import { RequestError } from "./request.ts";

type Properties = Readonly<Record<string, ValueSchema>>;

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const truth = { type: "boolean" } as const;

const list = (items: ValueSchema): ValueSchema => ({ type: "array", items });

function record(mandatory: Properties, optional: Properties = {}): ValueSchema {
  return { type: "object", required: Object.keys(mandatory), properties: { ...mandatory, ...optional } };
}

const source = record({}, { path: text, name: text, sourceReference: integer });
const condition = { condition: text, hitCondition: text };
const thread = record({}, { threadId: integer });
const step = record({}, { threadId: integer, granularity: text });

/**
 * What requests must bring with them, and what they may, as far as they are looked at. A thread is never mandatory, though the protocol has
 * it so: without one the stopped thread is meant.
 */
export const requestArguments = {
  initialize: record(
    {},
    {
      linesStartAt1: truth,
      columnsStartAt1: truth,
      pathFormat: text,
      supportsRunInTerminalRequest: truth,
      supportsInvalidatedEvent: truth,
      supportsProgressReporting: truth,
    },
  ),
  // Its attributes are described in the contract, and checked when the plan is made.
  launch: { type: "object" },
  cancel: record({}, { progressId: text }),
  setBreakpoints: record(
    { source },
    { breakpoints: list(record({ line: integer }, { column: integer, logMessage: text, ...condition })), lines: list(integer) },
  ),
  breakpointLocations: record({ source, line: integer }, { column: integer, endLine: integer, endColumn: integer }),
  setFunctionBreakpoints: record({ breakpoints: list(record({ name: text }, condition)) }),
  setInstructionBreakpoints: record({ breakpoints: list(record({ instructionReference: text }, { offset: integer, ...condition })) }),
  setExceptionBreakpoints: record({ filters: list(text) }),
  configurationDone: record({}),
  continue: thread,
  pause: thread,
  next: step,
  stepIn: step,
  stepOut: step,
  threads: record({}),
  stackTrace: record({}, { threadId: integer, startFrame: integer, levels: integer }),
  scopes: record({ frameId: integer }),
  variables: record({ variablesReference: integer }, { filter: text, start: integer, count: integer }),
  evaluate: record({ expression: text }, { frameId: integer, context: text }),
  setVariable: record({ variablesReference: integer, name: text, value: text }),
  setExpression: record({ expression: text, value: text }, { frameId: integer }),
  completions: record({ text, column: integer }, { line: integer, frameId: integer }),
  exceptionInfo: thread,
  source: record({ sourceReference: integer }, { source }),
  loadedSources: record({}),
  disassemble: record({ memoryReference: text, instructionCount: integer }, { offset: integer, instructionOffset: integer }),
  readMemory: record({ memoryReference: text, count: integer }, { offset: integer }),
  writeMemory: record({ memoryReference: text, data: text }, { offset: integer, allowPartial: truth }),
  terminate: record({}),
  disconnect: record({}),
} as const satisfies Properties;

/** A message is to be read. */
const mostProblems = 3;

/** The arguments of a request as its handler takes them: those that are null are not there. Throws {@link RequestError} where they do not fit. */
export function checkedArguments(command: string, given: unknown): unknown {
  const schema: ValueSchema = Object.hasOwn(requestArguments, command)
    ? requestArguments[command as keyof typeof requestArguments]
    : { type: "object" };
  const args = withoutNulls(given ?? {}, schema);
  const problems = schemaProblems(args, schema, `the request "${command}"`);
  if (problems.length > 0) throw new RequestError(problems.slice(0, mostProblems).join("; "));
  return args;
}

/** Leaves out what is null where the schema describes it; goes no deeper than the schema. */
function withoutNulls(value: unknown, { items, properties }: ValueSchema): unknown {
  if (Array.isArray(value)) return items ? value.map((item) => withoutNulls(item, items)) : value;
  if (typeof value !== "object" || value === null || !properties) return value;
  const kept = Object.entries(value).filter(([key, inner]) => inner !== null || !Object.hasOwn(properties, key));
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, Object.hasOwn(properties, key) ? withoutNulls(inner, properties[key]!) : inner]),
  );
}
