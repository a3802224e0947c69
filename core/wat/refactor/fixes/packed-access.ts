/** `struct.get` and `array.get` of i8 and i16 must say how these are extended, and of other types must not. */
import { tokenAt } from "../../features/place.ts";
import type { FixFinder } from "./problem-fix.ts";

export const packedAccess: FixFinder = (document, { code, span }) => {
  const place = code === "packed-access" ? tokenAt(document, span.start) : undefined;
  if (place === undefined) return [];
  const { source, token } = place;
  const written = /^(struct|array)\.get(_[su])?$/.exec(source.tokenText(token));
  if (written === null) return [];
  const [, kind, extension] = written;
  const fix = (text: string, what: string, isSure: boolean): ReturnType<FixFinder>[number] => ({
    title: `Write \`${text}\`${what}`,
    edits: [{ span: source.tokenSpan(token), text }],
    isSure,
  });
  if (extension !== undefined) return [fix(`${kind}.get`, "", true)];
  return [fix(`${kind}.get_s`, ", which keeps the sign", false), fix(`${kind}.get_u`, ", which fills with zeros", false)];
};
