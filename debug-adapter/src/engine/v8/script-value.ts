/** JavaScript values as V8 describes them, with what is inside of them behind handles. */
import type { ScriptProperty, ScriptValue } from "../engine.ts";
import type { CdpClient } from "./cdp-client.ts";
import type { PropertyDescriptor, PropertyPreview, RemoteObject } from "./protocol.ts";

/** The handles of one stop, which are let go together. */
export const stopObjects = "go-wasm-stop";

/** A list of more is hardly read to its end. */
const mostProperties = 1000;
/** UTF-16 units of a text. */
const longestText = 200;
const longestPreview = 1000;

export function scriptValue(cdp: CdpClient, object: RemoteObject): ScriptValue {
  const { objectId } = object;
  return {
    text: valueText(object),
    properties: objectId === undefined ? undefined : () => readProperties(cdp, objectId),
  };
}

async function readProperties(cdp: CdpClient, objectId: string): Promise<readonly ScriptProperty[]> {
  const request = { objectId, ownProperties: true, generatePreview: true };
  const answer = (await cdp.send("Runtime.getProperties", request)) as PropertyAnswer;
  const internal = (answer.internalProperties ?? []).map(({ name, value }) => ({ name: name.replace(/^\[*(.*?)\]*$/, "[[$1]]"), value }));
  const all = [...answer.result.filter(({ name }) => name !== "__proto__"), ...internal];
  const shown = all.slice(0, mostProperties).map((property) => shownProperty(cdp, property));
  if (all.length > shown.length) shown.push({ name: "...", value: plain(`${all.length - shown.length} more`) });
  return shown;
}

interface PropertyAnswer {
  readonly result: readonly PropertyDescriptor[];
  readonly internalProperties?: readonly PropertyDescriptor[];
}

/** A getter is not called: it may do anything. */
function shownProperty(cdp: CdpClient, { name, value, get }: PropertyDescriptor): ScriptProperty {
  if (value) return { name, value: scriptValue(cdp, value) };
  return { name, value: plain(get && get.type !== "undefined" ? "(getter)" : "(setter)") };
}

const plain = (text: string): ScriptValue => ({ text, properties: undefined });

function valueText(object: RemoteObject): string {
  const { type, subtype, description = "", value } = object;
  if (type === "undefined") return "undefined";
  if (type === "string") return JSON.stringify(shortened(String(value)));
  if (subtype === "null") return "null";
  if (type === "function") return `ƒ ${functionName(description)}`;
  if (type !== "object") return shortened(description || String(value));
  if (!object.preview || subtype === "error" || subtype === "date" || subtype === "regexp") return shortened(firstLine(description));
  return previewText(object.preview, description, subtype);
}

/** As the consoles of browsers write it: `{x: 1}`, `(2) [1, 2]`, `Map(1) {"a" => 1}`. */
function previewText(preview: NonNullable<RemoteObject["preview"]>, description: string, subtype: string | undefined): string {
  const isList = subtype === "array" || subtype === "typedarray";
  const parts = isList ? preview.properties.map(partText) : preview.properties.map((property) => `${property.name}: ${partText(property)}`);
  for (const { key, value } of preview.entries ?? []) parts.push(key ? `${partText(key)} => ${partText(value)}` : partText(value));
  if (preview.overflow) parts.push("…");
  // Names of properties have any length.
  const inside = shortened(parts.join(", "), longestPreview);
  const head = description === "Object" || description === "" ? "" : `${shortened(description)} `;
  return isList ? `${head}[${inside}]` : `${head}{${inside}}`;
}

function partText({ type, subtype, value = "", description = "" }: PropertyPreview): string {
  if (type === "string") return JSON.stringify(value);
  if (type === "function") return "ƒ";
  if (type === "accessor") return "(getter)";
  if (type === "object" && subtype !== "null") return value === "Object" || description === "Object" ? "{…}" : value || description;
  return value || description;
}

function functionName(source: string): string {
  const name = /^(?:async\s+)?(?:function\s*\*?|class)\s*([\w$]*)/.exec(source)?.[1];
  return name === undefined ? "(anonymous)" : `${name}()`;
}

const firstLine = (text: string): string => text.split("\n")[0] ?? text;

const shortened = (text: string, most = longestText): string => (text.length > most ? `${text.slice(0, most)}…` : text);
