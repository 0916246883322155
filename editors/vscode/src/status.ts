/**
 * The status bar: how many findings the draft has.
 *
 * In: the diagnostics of the document that is edited. Out: counts by severity; a click opens the list of problems.
 * Invariant: hidden where factlint has nothing to say, so that silence is told from absence.
 */
import { DiagnosticSeverity, StatusBarAlignment, languages, window } from "vscode";
import type { Disposable, StatusBarItem } from "vscode";
import { LANGUAGES } from "./server";

export class Status implements Disposable {
  private readonly item: StatusBarItem;

  constructor() {
    this.item = window.createStatusBarItem("factlint.status", StatusBarAlignment.Left, 10);
    this.item.name = "factlint";
    this.item.command = "workbench.actions.view.problems";
  }

  show(): void {
    const document = window.activeTextEditor?.document;
    if (document === undefined || !LANGUAGES.includes(document.languageId)) {
      this.item.hide();
      return;
    }
    const findings = languages.getDiagnostics(document.uri).filter((finding) => finding.source === "factlint");
    const count = (...severities: DiagnosticSeverity[]) =>
      String(findings.filter((finding) => severities.includes(finding.severity)).length);
    const errors = count(DiagnosticSeverity.Error);
    const warnings = count(DiagnosticSeverity.Warning);
    const others = count(DiagnosticSeverity.Information, DiagnosticSeverity.Hint);
    this.item.text = `factlint $(error) ${errors} $(warning) ${warnings} $(info) ${others}`;
    this.item.tooltip = `factlint: ${errors} errors, ${warnings} warnings, ${others} hints`;
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
