// What was sent to the outside, newest first, with the filters in the address.
import type { WireOutboundDelivery } from "@dd0c/protocol/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRoleRefusal } from "../../api/session.ts";
import { useDeliveries, useWebhooks } from "../../api/webhooks.ts";
import { isDeliveryState } from "../../shell/statuses.ts";
import { DELIVERY_STATE } from "../../text/delivery-words.ts";
import { Button } from "../../ui/button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { Empty } from "../../ui/empty.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { INPUT_LOOK } from "../../ui/field.tsx";
import { Loading } from "../../ui/loading.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { DeliveryTable } from "./delivery-table.tsx";

const ToSettings = () => (
  <ButtonLink to="/settings" hash="webhooks">
    Webhooks
  </ButtonLink>
);

const NothingSent = ({ filtered }: { readonly filtered: boolean }) =>
  filtered ? (
    <Empty title="No delivery is like that">Choose another filter to see the others.</Empty>
  ) : (
    <Empty title="Nothing was sent yet" action={<ToSettings />}>
      Every event that a webhook is told of stands here for 90 days, with each attempt.
    </Empty>
  );

const Listed = ({ items, filtered }: { readonly items: readonly WireOutboundDelivery[]; readonly filtered: boolean }) => {
  const webhooks = useWebhooks(true);
  return items.length === 0 ? (
    <NothingSent filtered={filtered} />
  ) : (
    <DeliveryTable deliveries={items} webhooks={webhooks.data?.items ?? []} />
  );
};

const List = () => {
  const { target_id, state } = useSearch({ from: "/deliveries" });
  const deliveries = useDeliveries({ target_id, state });
  const items = deliveries.data?.pages.flatMap((page) => page.items);
  return (
    <>
      {deliveries.isPending && <Loading what="deliveries" />}
      {deliveries.isError && (
        <ErrorNotice error={deliveries.error} what="Deliveries could not be listed." onRetry={() => void deliveries.refetch()} />
      )}
      {items !== undefined && <Listed items={items} filtered={target_id !== undefined || state !== undefined} />}
      {deliveries.hasNextPage && (
        <div className="mt-4">
          <Button onClick={() => void deliveries.fetchNextPage()} busy={deliveries.isFetchingNextPage && "Loading…"}>
            Older deliveries
          </Button>
        </div>
      )}
    </>
  );
};

const Filters = () => {
  const { target_id, state } = useSearch({ from: "/deliveries" });
  const navigate = useNavigate({ from: "/deliveries" });
  return (
    <div className="mb-4 flex flex-wrap items-end gap-4">
      <label className="block w-full sm:w-60">
        <span className="mb-1 block font-medium text-ink-strong">State</span>
        <select
          data-hotkey="search"
          className={INPUT_LOOK}
          value={state ?? ""}
          onChange={({ target: { value } }) =>
            void navigate({ search: { target_id, state: isDeliveryState(value) ? value : undefined }, replace: true })
          }
        >
          <option value="">any</option>
          {Object.entries(DELIVERY_STATE).map(([key, word]) => (
            <option key={key} value={key}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {target_id !== undefined && (
        <ButtonLink to="/deliveries" search={{ state }}>
          Deliveries to everybody
        </ButtonLink>
      )}
    </div>
  );
};

export const DeliveriesPage = () => {
  const refusal = useRoleRefusal("admin");
  return (
    <>
      <PageHeader title="Deliveries" note="What your own systems were told, and whether they took it." actions={<ToSettings />} />
      {refusal !== null && <p className="text-ink-faint">{refusal}</p>}
      {refusal === null && <Filters />}
      {refusal === null && <List />}
    </>
  );
};
