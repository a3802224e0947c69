import type { DebugProtocol } from "@vscode/debugprotocol";
import type { LaunchArguments } from "#core/contract/launch-attributes.ts";
import type { Engine } from "../engine/engine.ts";
import type { DebuggeeProcess } from "../engine/v8/debuggee-process.ts";
import type { Program } from "../program/program.ts";
import type { UserStop } from "../program/program-listener.ts";
import type { UserFrame } from "../stack/user-frame.ts";
import type { ExpiringHandles } from "./expiring-handles.ts";
import type { VariableContainer } from "../variables/variable-container.ts";

/** One request of the protocol. The list of all is `index.ts`. */
export interface Request {
  readonly command: string;
  handle(state: SessionState, args: never): Answer | Promise<Answer>;
}

export interface Answer {
  readonly body?: object;
  /** What is to be done when the response has been sent. */
  readonly afterwards?: () => void;
}

/** Declares a request with the types of its arguments and its response's body. */
export function request<Arguments, Body extends object | undefined>(command: string, handle: Handler<Arguments, Body>): Request {
  return {
    command,
    handle: async (state, args: Arguments) => {
      const body = await handle(state, args);
      return body === undefined ? {} : { body };
    },
  };
}

type Handler<Arguments, Body> = (state: SessionState, args: Arguments) => Body | Promise<Body>;

/** Why a request cannot be served, in words for the user. */
export class RequestError extends Error {
  readonly showUser: boolean;
  /** What an editor shows in place of the message. */
  readonly dialog: ErrorDialog | undefined;
  constructor(message: string, showUser = false, dialog?: ErrorDialog) {
    super(message);
    this.showUser = showUser;
    this.dialog = dialog;
  }
}

export interface ErrorDialog {
  readonly text: string;
  /** A command of VS Code that helps, and the text of its button. */
  readonly command: string;
  readonly label: string;
}

/** What the requests of one session share. */
export interface SessionState {
  readonly client: ClientTraits;
  readonly peer: Peer;
  readonly frames: ExpiringHandles<UserFrame>;
  readonly variables: ExpiringHandles<VariableContainer>;
  launch: Launch | undefined;
  /** The stop that the client was told of last. */
  stop: UserStop | undefined;
  /** How many progresses the client was told of. */
  lastProgress: number;
}

/** The way to the client. */
export interface Peer {
  send(event: string, body?: object): void;
  /** Resolves when the client has taken most of what was sent, or is gone. */
  taken(): Promise<void>;
  runInTerminal(args: DebugProtocol.RunInTerminalRequestArguments): Promise<void>;
}

/** What the client said of itself in `initialize`. */
export interface ClientTraits {
  linesStartAt1: boolean;
  columnsStartAt1: boolean;
  pathsAreUris: boolean;
  canRunInTerminal: boolean;
  /** It reads variables anew when it is told to. */
  takesInvalidated: boolean;
  showsProgress: boolean;
}

export interface Launch {
  readonly args: LaunchArguments;
  readonly abort: AbortController;
  program: Program | undefined;
  /** What runs the program; it waits for it while it is being built. */
  process: DebuggeeProcess | undefined;
  engine: Engine | undefined;
  /** The program is a reactor whose exports the user calls. */
  waitsForCalls: boolean;
  /** Files of the client of which it was told that they are not what the module was built from. */
  readonly changedSources: Set<string>;
  /** Of what the client shows the progress of. */
  progressId: string | undefined;
}

/** The launched program. Throws {@link RequestError} where there is none. */
export function programOf(state: SessionState): Program {
  const program = state.launch?.program;
  if (!program) throw new RequestError("no program is being debugged");
  return program;
}

export function toClientLine(state: SessionState, line: number): number {
  return state.client.linesStartAt1 ? line : line - 1;
}

export function toClientColumn(state: SessionState, column: number): number {
  return state.client.columnsStartAt1 ? column : column - 1;
}

export function fromClientLine(state: SessionState, line: number): number {
  return state.client.linesStartAt1 ? line : line + 1;
}

export function fromClientColumn(state: SessionState, column: number): number {
  return state.client.columnsStartAt1 ? column : column + 1;
}
