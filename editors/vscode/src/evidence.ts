/**
 * The view "Evidence": what proves the finding at the cursor.
 *
 * In: the place of the cursor. Out: one row for each piece of evidence; a click opens its place.
 * Invariant: an answer that arrives after the cursor moved on is dropped.
 */
import { EventEmitter, MarkdownString, Range as CodeRange, ThemeIcon, TreeItem, Uri, languages } from "vscode";
import type { Command, Disposable, TextEditor, TreeDataProvider } from "vscode";
import type { LanguageClient, Range } from "vscode-languageclient/node";

import { execute } from "./server";

/** One piece of evidence; without `uri` it has no place to open, such as a fact of a built-in pack or the calendar. */
interface Evidence {
  readonly text: string;
  readonly label?: string | null;
  readonly date?: string | null;
  readonly uri?: string | null;
  readonly range?: Range | null;
}

// The server and the extension may be of different ages, so what cannot be shown is left out.
function isEvidence(value: unknown): value is Evidence {
  return typeof value === "object" && value !== null && "text" in value && typeof value.text === "string";
}

export class EvidenceView implements TreeDataProvider<Evidence>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private shown: readonly Evidence[] = [];
  private asked = 0;

  constructor(private readonly client: () => LanguageClient | undefined) {}

  /** Asks only where a finding of ours is, so that moving the cursor costs nothing elsewhere. */
  async follow(editor: TextEditor | undefined): Promise<void> {
    const turn = ++this.asked;
    const found = editor === undefined ? [] : await this.ask(editor);
    if (turn !== this.asked) return;
    this.shown = found;
    this.changed.fire(undefined);
  }

  private async ask(editor: TextEditor): Promise<readonly Evidence[]> {
    const { document, selection } = editor;
    const client = this.client();
    const within = languages
      .getDiagnostics(document.uri)
      .some((finding) => finding.source === "factlint" && finding.range.contains(selection.active));
    if (!within || client?.isRunning() !== true) return [];
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const position = client.code2ProtocolConverter.asPosition(selection.active);
    try {
      const answer = await execute(client, "factlint.showEvidence", [uri, position]);
      return Array.isArray(answer) ? answer.filter(isEvidence) : [];
    } catch (error) {
      client.error("factlint.showEvidence", error, false);
      return [];
    }
  }

  getChildren(row?: Evidence): Evidence[] {
    return row === undefined ? [...this.shown] : [];
  }

  getTreeItem(row: Evidence): TreeItem {
    const item = new TreeItem(row.text);
    item.description = [row.label, row.date].filter((part) => part).join(" · ");
    item.tooltip = new MarkdownString().appendText(row.text);
    item.iconPath = new ThemeIcon(row.uri ? "quote" : "info");
    const command = open(row);
    if (command !== undefined) item.command = command;
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function open(row: Evidence): Command | undefined {
  if (!row.uri) return undefined;
  const selection = row.range ? asSelection(row.range) : undefined;
  return { command: "vscode.open", title: "Open", arguments: [Uri.parse(row.uri), { selection, preview: true }] };
}

function asSelection({ start, end }: Range): CodeRange {
  return new CodeRange(start.line, start.character, end.line, end.character);
}
