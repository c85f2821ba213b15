// Whom a row is about: name, address where there is one, role.
import type { ReactNode } from "react";

interface PersonProps {
  readonly person: { readonly name: string; readonly email: string | null; readonly role: string };
  /** Beside the name. */
  readonly mark?: string | undefined;
  /** Behind the role. */
  readonly children?: ReactNode;
}

export const Person = ({ person: { name, email, role }, mark, children }: PersonProps) => (
  <div className="min-w-0">
    <p className="font-medium break-words text-ink-strong">
      {name}
      {mark !== undefined && <span className="font-normal text-ink-faint"> {mark}</span>}
    </p>
    {email !== null && email !== name && <p className="text-small break-all">{email}</p>}
    <p className="text-small text-ink-faint">
      {role}
      {children}
    </p>
  </div>
);
