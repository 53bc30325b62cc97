// What the compiler found: errors of the last save over the page, warnings behind a counter in the corner.

import { useEffect, useState } from "react";
import { Icon } from "../layout/icons";
import type { DiagnosticView } from "../protocol.gen";
import { errorsKey, warningsKey } from "../state/live";
import { notify } from "../state/notices";
import { useValue } from "../state/store";
import { copyText } from "./clipboard";

export function Diagnostics() {
  const errors = useValue(errorsKey);
  const warnings = useValue(warningsKey);
  const [hidden, setHidden] = useState<DiagnosticView[] | null>(null);
  const [showsWarnings, setShowsWarnings] = useState(false);
  if (errors.length > 0 && hidden !== errors) {
    const title = errors.length === 1 ? "1 error: the page was not updated" : `${errors.length} errors: the page was not updated`;
    return <Panel title={title} findings={errors} level="error" onHide={() => setHidden(errors)} />;
  }
  if (showsWarnings && warnings.length > 0) {
    return <Panel title={count(warnings.length)} findings={warnings} level="warning" onHide={() => setShowsWarnings(false)} />;
  }
  if (errors.length > 0) {
    return (
      <button type="button" className="findings-counter findings-counter-error" onClick={() => setHidden(null)}>
        <Icon name="warning" /> {errors.length === 1 ? "1 error" : `${errors.length} errors`}
      </button>
    );
  }
  if (warnings.length === 0) return null;
  return (
    <button type="button" className="findings-counter" onClick={() => setShowsWarnings(true)}>
      <Icon name="warning" /> {count(warnings.length)}
    </button>
  );
}

function count(warnings: number): string {
  return warnings === 1 ? "1 warning" : `${warnings} warnings`;
}

interface PanelProps {
  title: string;
  findings: DiagnosticView[];
  level: "error" | "warning";
  onHide: () => void;
}

function Panel({ title, findings, level, onHide }: PanelProps) {
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector(".shade")) onHide();
    };
    addEventListener("keydown", escape);
    return () => removeEventListener("keydown", escape);
  }, [onHide]);
  const copy = () => void copyText(findings.map(asText).join("\n\n")).then((done) => notify(done ? "Copied." : "Copying is not allowed here."));
  return (
    <section className={`findings findings-${level}`} role={level === "error" ? "alertdialog" : "dialog"} aria-labelledby="findings-title">
      <div className="findings-header">
        <h2 id="findings-title">{title}</h2>
        <button type="button" className="button button-quiet" onClick={copy}>
          <Icon name="copy" /> Copy
        </button>
        <button type="button" className="icon-button" aria-label="Hide" onClick={onHide}>
          <Icon name="x" />
        </button>
      </div>
      <ol className="findings-list" tabIndex={0} aria-label="Findings">
        {findings.map((finding, index) => (
          <li key={index}>
            <Finding finding={finding} />
          </li>
        ))}
      </ol>
      {level === "error" && <p className="findings-note">The page below shows the last version without errors. Save the file to try again.</p>}
    </section>
  );
}

function Finding({ finding }: { finding: DiagnosticView }) {
  return (
    <article className="finding">
      <p className="finding-place">
        <code>{place(finding)}</code> <span className="finding-code">{finding.code}</span>
      </p>
      <p className="finding-message">{finding.message}</p>
      {finding.excerpt.length > 0 && <Excerpt finding={finding} />}
      {finding.help.map((line) => (
        <p key={line} className="finding-help">
          <strong>Help:</strong> {line}
        </p>
      ))}
      {finding.fix && (
        <p className="finding-help">
          <strong>Fix:</strong> {finding.fix}
        </p>
      )}
    </article>
  );
}

function place({ file, line, column }: DiagnosticView): string {
  return `${file}:${line}:${column}`;
}

/** Lines around the place, with a marker beneath the columns in question. */
function Excerpt({ finding }: { finding: DiagnosticView }) {
  const width = String(finding.excerpt.at(-1)?.[0] ?? finding.line).length;
  return (
    <pre className="excerpt">
      {finding.excerpt.map(([number, text]) => (
        <span key={number} className={number === finding.line ? "excerpt-line excerpt-here" : "excerpt-line"}>
          <span className="excerpt-number">{String(number).padStart(width)} │ </span>
          {text}
          {"\n"}
          {number === finding.line && <span className="excerpt-marker">{`${" ".repeat(width)} │ ${marker(finding, text)}\n`}</span>}
        </span>
      ))}
    </pre>
  );
}

export function marker(finding: DiagnosticView, text: string): string {
  const characters = [...text];
  const end = finding.end_line === finding.line ? finding.end_column : characters.length + 1;
  // Tabs keep their width, so that the marker stands beneath its text.
  const lead = characters.slice(0, finding.column - 1).map((character) => (character === "\t" ? "\t" : " ")).join("");
  return lead.padEnd(finding.column - 1) + "^".repeat(Math.max(1, end - finding.column));
}

export function asText(finding: DiagnosticView): string {
  const width = String(finding.excerpt.at(-1)?.[0] ?? finding.line).length;
  const lines = [`${finding.severity}[${finding.code}]: ${finding.message}`, `  --> ${place(finding)}`];
  for (const [number, text] of finding.excerpt) {
    lines.push(`${String(number).padStart(width)} | ${text}`);
    if (number === finding.line) lines.push(`${" ".repeat(width)} | ${marker(finding, text)}`);
  }
  lines.push(...finding.help.map((line) => `  help: ${line}`));
  if (finding.fix) lines.push(`  fix: ${finding.fix}`);
  return lines.join("\n");
}
