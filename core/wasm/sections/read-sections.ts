import { ByteError, ByteReader } from "#core/bytes/reader.ts";
import { moduleOffset } from "../offsets.ts";
import { checkPreamble } from "../preamble.ts";
import { sectionNames, type ModuleProblem, type Section } from "./section.ts";

/** Reads the headers of all sections. A section that the file cuts short ends with the file, and is told in `problems`. */
export function readSections(bytes: Uint8Array, problems: ModuleProblem[]): Section[] {
  const preamble = checkPreamble(bytes);
  if (preamble) {
    problems.push(preamble);
    return [];
  }
  const sections: Section[] = [];
  const reader = new ByteReader(bytes, 8);
  while (!reader.atEnd) {
    const header = moduleOffset(reader.position);
    try {
      sections.push(readSection(reader, problems));
    } catch (error) {
      if (!(error instanceof ByteError)) throw error;
      const last = sections.at(-1);
      const place = last ? `behind its ${last.customName ?? last.kind} section` : "behind its first 8 bytes";
      problems.push({ message: `the module is damaged ${place}: ${error.message}; build or copy it again`, offset: header });
      return sections;
    }
  }
  return sections;
}

function readSection(reader: ByteReader, problems: ModuleProblem[]): Section {
  const header = moduleOffset(reader.position);
  const id = reader.u8();
  const kind = sectionNames[id];
  if (kind === undefined) throw new ByteError(`${id} is not the id of a section`, header);
  const size = reader.uleb();
  const begin = reader.position;
  const end = Math.min(begin + size, reader.end);
  const inside = new ByteReader(reader.bytes, begin, end);
  let customName: string | undefined;
  if (kind === "custom") customName = inside.name();
  if (end < begin + size) {
    const message = `the module is truncated: its ${customName ?? kind} section needs ${size} bytes and the file has ${end - begin} of them; build or copy it again`;
    problems.push({ message, offset: header });
  }
  reader.position = end;
  const range = { kind, header, start: moduleOffset(inside.position), end: moduleOffset(end) };
  return customName === undefined ? range : { ...range, customName };
}
