// Filters of the audit log. Types seen so far are offered; any other can be typed.
import type { AuditFilter } from "../../api/operations.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";

interface AuditFilterBarProps {
  readonly filter: AuditFilter;
  readonly types: readonly string[];
  readonly onChange: (filter: AuditFilter) => void;
}

const LIST_ID = "audit-types";

export const AuditFilterBar = ({ filter, types, onChange }: AuditFilterBarProps) => (
  <div className="mb-4 flex flex-wrap items-end gap-4">
    <div className="w-full max-w-xs">
      <Field
        label="Event type"
        type="search"
        list={LIST_ID}
        data-hotkey="search"
        placeholder="step.approved"
        defaultValue={filter.type ?? ""}
        key={filter.type ?? ""}
        onBlur={(event) => onChange({ ...filter, type: event.target.value.trim() || undefined })}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      <datalist id={LIST_ID}>
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
    </div>
    {filter.execution_id !== undefined && (
      <Button onClick={() => onChange({ ...filter, execution_id: undefined })}>Only execution {filter.execution_id.slice(0, 8)} ✕</Button>
    )}
    {filter.runbook_id !== undefined && (
      <Button onClick={() => onChange({ ...filter, runbook_id: undefined })}>Only runbook {filter.runbook_id.slice(0, 8)} ✕</Button>
    )}
    {(filter.type !== undefined || filter.execution_id !== undefined || filter.runbook_id !== undefined) && (
      <Button look="plain" onClick={() => onChange({})}>
        Show all events
      </Button>
    )}
  </div>
);
