/**
 * The language client: starts `factlint lsp` and speaks with it.
 *
 * In: the settings. Out: a client, and the answers of the server's commands.
 * Invariant: the commands of the server keep their names for the client, which registers them itself; ours are named otherwise.
 */
import { ExecuteCommandRequest, LanguageClient, TransportKind } from "vscode-languageclient/node";
import { readPath, readSettings } from "./settings";

export const LANGUAGES = ["plaintext", "markdown", "html", "asciidoc", "restructuredtext"];

export function createClient(): LanguageClient {
  const server = { command: readPath(), args: ["lsp"], transport: TransportKind.stdio };
  const client: LanguageClient = new LanguageClient("factlint", "factlint", server, {
    documentSelector: [
      ...LANGUAGES.flatMap((language) => [
        { scheme: "file", language },
        { scheme: "untitled", language },
      ]),
      // Packs and the configuration; the server is silent about other TOML.
      { scheme: "file", pattern: "**/*.toml" },
    ],
    initializationOptions: { factlint: readSettings() },
    synchronize: { configurationSection: "factlint" },
    middleware: {
      workspace: {
        // Changes are sent in the form of the first options, so that an empty setting means the same at any time.
        didChangeConfiguration: () =>
          client.sendNotification("workspace/didChangeConfiguration", { settings: { factlint: readSettings() } }),
      },
    },
  });
  return client;
}

export async function execute(client: LanguageClient, command: string, args: unknown[]): Promise<unknown> {
  return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args });
}
