// The choice of a role, each with what it may do.
import { ROLE_MEANING, type WireRole } from "@dd0c/protocol/http";
import { useId } from "react";
import { INPUT_LOOK } from "../../../ui/field.tsx";

const ROLES = Object.keys(ROLE_MEANING) as WireRole[];

interface RoleSelectProps {
  readonly value: WireRole;
  readonly onChange: (role: WireRole) => void;
}

export const RoleSelect = ({ value, onChange }: RoleSelectProps) => {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-ink-strong">
        Role
      </label>
      <select
        id={id}
        className={INPUT_LOOK}
        value={value}
        aria-describedby={`${id}-meaning`}
        onChange={(event) => onChange(ROLES.find((role) => role === event.target.value) ?? value)}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {role}
          </option>
        ))}
      </select>
      <p id={`${id}-meaning`} className="mt-1 text-small text-ink-faint">
        May {ROLE_MEANING[value]}.
      </p>
    </div>
  );
};
