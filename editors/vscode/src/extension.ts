/**
 * The entry: binds the server, the commands, the evidence view and the status bar to the editor.
 *
 * In: the events of the editor. Out: what the other files show.
 * Invariant: without a server that runs, everything says so and nothing throws.
 */
import { commands, languages, window, workspace } from "vscode";
import type { ExtensionContext } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { EvidenceView } from "./evidence";
import { createClient, execute } from "./server";
import { readPath } from "./settings";
import { Status } from "./status";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const status = new Status();
  const evidence = new EvidenceView(() => client);
  const refresh = () => {
    status.show();
    void evidence.follow(window.activeTextEditor);
  };
  context.subscriptions.push(
    status,
    evidence,
    window.registerTreeDataProvider("factlint.evidence", evidence),
    window.onDidChangeActiveTextEditor(refresh),
    window.onDidChangeTextEditorSelection(({ textEditor }) => void evidence.follow(textEditor)),
    languages.onDidChangeDiagnostics(refresh),
    commands.registerCommand("factlint.learnArchive", learnArchive),
    commands.registerCommand("factlint.openWorksheet", openWorksheet),
    commands.registerCommand("factlint.restart", restart),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("factlint.path")) void restart();
    }),
  );
  await start();
  refresh();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}

async function start(): Promise<void> {
  client = createClient();
  try {
    await client.start();
  } catch {
    const choice = await window.showErrorMessage(
      `factlint: \`${readPath()} lsp\` did not start. Install factlint, or set factlint.path to its binary.`,
      "Open Settings",
    );
    if (choice !== undefined) await commands.executeCommand("workbench.action.openSettings", "factlint.path");
  }
}

async function restart(): Promise<void> {
  const old = client;
  client = undefined;
  // A server that never started cannot be stopped, and a new one is wanted all the same.
  await old?.dispose().catch(() => undefined);
  await start();
}

/** Runs a command of the server; a failure is told, and the answer is then undefined. */
async function ask(command: string, args: unknown[]): Promise<unknown> {
  if (client?.isRunning() !== true) {
    void window.showErrorMessage("factlint: the server does not run. Try the command “factlint: Restart the Server”.");
    return undefined;
  }
  try {
    return await execute(client, command, args);
  } catch (error) {
    void window.showErrorMessage(`factlint: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function learnArchive(): Promise<void> {
  // The server reports the progress itself.
  await ask("factlint.learn", []);
}

async function openWorksheet(): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage("factlint: open a draft first; the worksheet lists its claims.");
    return;
  }
  const content = await ask("factlint.claims", [document.uri.toString()]);
  if (typeof content !== "string") return;
  const sheet = await workspace.openTextDocument({ language: "markdown", content });
  await window.showTextDocument(sheet, { preview: true });
}
