// A page whose subject is not here yet: being read, or not to be had. It has its title all the same.
import { ErrorNotice } from "./error-notice.tsx";
import { Loading } from "./loading.tsx";
import { PageHeader } from "./page-header.tsx";

interface PageStatusProps {
  readonly title: string;
  /** What is being read, after "Loading". */
  readonly subject: string;
  readonly failure: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

export const PageStatus = ({ title, subject, failure, error, onRetry }: PageStatusProps) => (
  <>
    <PageHeader title={title} />
    {error === null ? <Loading what={subject} /> : <ErrorNotice error={error} what={failure} onRetry={onRetry} />}
  </>
);
