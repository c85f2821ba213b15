// On a demo installation: what the bundled service is, and what the demo agent may touch at all.
import { useSession } from "../../api/session.ts";
import { Prose } from "../../ui/prose.tsx";

export const DemoNote = () => {
  const { data } = useSession();
  if (data === null || data === undefined || data.demo === null) return null;
  return (
    <aside className="mb-8 max-w-[72ch] border-l-4 border-line-strong pl-4">
      <p>
        This is a demo. A small service, payment-svc, runs at{" "}
        <a href={data.demo.service_url} target="_blank" rel="noreferrer noopener" className="text-accent underline">
          {data.demo.service_url}
        </a>
        ; its runbooks really diagnose and repair it.
      </p>
      <p className="text-ink-faint">
        <Prose text={data.demo.agent_ceiling_note} />
      </p>
    </aside>
  );
};
