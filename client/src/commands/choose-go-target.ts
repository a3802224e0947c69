import { window, type Uri } from "vscode";
import { activeFile } from "../module-file.ts";
import { goTargetChoices, goTargetOf, setGoTarget, type GoTarget } from "../go-target.ts";
import { differsFromGopls, hasGopls, platformWords, setGoplsPlatform } from "../gopls-environment.ts";
import type { Command } from "./command.ts";

/** Asks for the target of Go files, and whether gopls is to check for the same platform. */
export const chooseGoTarget: Command<unknown> = async () => {
  const file = activeFile();
  const current = goTargetOf(file);
  const items = goTargetChoices.map(({ target, label, description }) => ({
    label: target === current ? `$(check) ${label}` : label,
    detail: description,
    target,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: "What are the Go files checked, compiled and debugged for?" });
  if (picked === undefined) return;
  await setGoTarget(file, picked.target);
  if (hasGopls() && differsFromGopls(file, picked.target)) await offerGoplsPlatform(file, picked.target);
};

async function offerGoplsPlatform(file: Uri | undefined, target: GoTarget): Promise<void> {
  const platform = platformWords(target);
  const items = [
    {
      label: platform === "" ? "gopls for this machine again" : `gopls for ${platform} too`,
      detail: 'Sets "build.env" of the setting gopls.',
      sets: true,
    },
    { label: "Leave gopls as it is", sets: false },
  ];
  const picked = await window.showQuickPick(items, { placeHolder: "The Go extension's language server checks for another platform." });
  if (picked?.sets === true) await setGoplsPlatform(file, target);
}
