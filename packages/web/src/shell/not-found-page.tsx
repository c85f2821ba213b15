// An address that leads nowhere.
import { Link } from "@tanstack/react-router";
import { PageHeader } from "../ui/page-header.tsx";

export const NotFoundPage = () => (
  <>
    <PageHeader title="No such page" note="The address may be mistyped, or what stood here was deleted." />
    <Link to="/" className="text-accent underline">
      Go home
    </Link>
  </>
);
