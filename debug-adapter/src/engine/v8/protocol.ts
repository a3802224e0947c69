/** The part of V8's inspector protocol that the engine uses, as the relay sends it (scopes of frames are left out there). */

export interface Location {
  readonly scriptId: string;
  /** 0-based; always 0 in WebAssembly. */
  readonly lineNumber: number;
  /** 0-based; in WebAssembly the module offset. */
  readonly columnNumber?: number;
}

export interface CallFrame {
  readonly callFrameId: string;
  readonly functionName: string;
  readonly location: Location;
  /** Empty for WebAssembly. */
  readonly url: string;
}

export interface PausedEvent {
  readonly callFrames: readonly CallFrame[];
  readonly reason: string;
  /** Of an exception: what was thrown. */
  readonly data?: RemoteObject & { readonly uncaught?: boolean };
  readonly hitBreakpoints?: readonly string[];
}

export interface ScriptParsedEvent {
  readonly scriptId: string;
  readonly url: string;
  readonly scriptLanguage?: string;
}

export interface ScriptSource {
  /** The module in base64. */
  readonly bytecode?: string;
}

export interface RemoteObject {
  /** Handle of an object; none where its value was asked for. */
  readonly objectId?: string;
  readonly type: string;
  readonly subtype?: string;
  readonly preview?: {
    readonly overflow: boolean;
    readonly properties: readonly PropertyPreview[];
    readonly entries?: readonly { readonly key?: PropertyPreview; readonly value: PropertyPreview }[];
  };
  readonly className?: string;
  readonly value?: unknown;
  readonly description?: string;
}

export interface PropertyPreview {
  readonly name: string;
  readonly type: string;
  readonly subtype?: string;
  readonly value?: string;
  /** Of the key or value of an entry. */
  readonly description?: string;
}

export interface PropertyDescriptor {
  readonly name: string;
  readonly value?: RemoteObject | undefined;
  readonly get?: RemoteObject;
}

export interface EvaluateResult {
  readonly result: RemoteObject;
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}
