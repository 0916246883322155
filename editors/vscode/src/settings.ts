/**
 * What the user set, as the server reads it.
 *
 * In: the section `factlint` of the configuration. Out: the options of `initialize`; later changes are sent by the client itself.
 * Invariant: a setting that is empty is left out, so that the draft and `factlint.toml` decide.
 */
import { workspace } from "vscode";

export interface Settings {
  readonly date?: string;
  readonly inlayHints: boolean;
  readonly only?: readonly string[];
}

export function readSettings(): Settings {
  const section = workspace.getConfiguration("factlint");
  const date = section.get<string>("date", "").trim();
  const only = section.get<string[]>("only", []);
  return {
    inlayHints: section.get<boolean>("inlayHints", false),
    ...(date === "" ? {} : { date }),
    ...(only.length === 0 ? {} : { only }),
  };
}

export function readPath(): string {
  const path = workspace.getConfiguration("factlint").get<string>("path", "").trim();
  return path === "" ? "factlint" : path;
}
