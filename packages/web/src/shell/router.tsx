// The map of addresses to pages. Every page is its own bundle; filters and tabs are search parameters, so that a link says it all.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Loading } from "../ui/loading.tsx";
import { NotFoundPage } from "./not-found-page.tsx";
import { PageFailure } from "./page-failure.tsx";
import {
  readAlertsSearch,
  readAuditSearch,
  readDeliveriesSearch,
  readExecutionsSearch,
  readMappingsSearch,
  readRunbookSearch,
  readRunbooksSearch,
} from "./search-params.ts";
import { SessionGate } from "./session-gate.tsx";

const root = createRootRoute({ component: SessionGate, notFoundComponent: NotFoundPage, errorComponent: PageFailure });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/home/home-page.tsx"), "HomePage"),
});
const tryIt = createRoute({
  getParentRoute: () => root,
  path: "/try",
  component: lazyRouteComponent(() => import("../pages/try/try-page.tsx"), "TryPage"),
});
const runbooks = createRoute({
  getParentRoute: () => root,
  path: "/runbooks",
  validateSearch: readRunbooksSearch,
  component: lazyRouteComponent(() => import("../pages/runbooks/runbooks-page.tsx"), "RunbooksPage"),
});
const newRunbook = createRoute({
  getParentRoute: () => root,
  path: "/runbooks/new",
  component: lazyRouteComponent(() => import("../pages/editor/new-runbook-page.tsx"), "NewRunbookPage"),
});
const runbook = createRoute({
  getParentRoute: () => root,
  path: "/runbooks/$runbookId",
  validateSearch: readRunbookSearch,
  component: lazyRouteComponent(() => import("../pages/runbook/runbook-page.tsx"), "RunbookPage"),
});
const editRunbook = createRoute({
  getParentRoute: () => root,
  path: "/runbooks/$runbookId/edit",
  component: lazyRouteComponent(() => import("../pages/editor/edit-runbook-page.tsx"), "EditRunbookPage"),
});
const executions = createRoute({
  getParentRoute: () => root,
  path: "/executions",
  validateSearch: readExecutionsSearch,
  component: lazyRouteComponent(() => import("../pages/executions/executions-page.tsx"), "ExecutionsPage"),
});
const execution = createRoute({
  getParentRoute: () => root,
  path: "/executions/$executionId",
  component: lazyRouteComponent(() => import("../pages/execution/execution-page.tsx"), "ExecutionPage"),
});
const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  validateSearch: readAlertsSearch,
  component: lazyRouteComponent(() => import("../pages/alerts/alerts-page.tsx"), "AlertsPage"),
});
const alert = createRoute({
  getParentRoute: () => root,
  path: "/alerts/$alertId",
  component: lazyRouteComponent(() => import("../pages/alerts/alert-page.tsx"), "AlertPage"),
});
const alertMappings = createRoute({
  getParentRoute: () => root,
  path: "/alert-mappings",
  validateSearch: readMappingsSearch,
  component: lazyRouteComponent(() => import("../pages/alert-mappings/mappings-page.tsx"), "MappingsPage"),
});
const alertMap = createRoute({
  getParentRoute: () => root,
  path: "/integrations/$integrationId/mapping",
  component: lazyRouteComponent(() => import("../pages/settings/integrations/mapping-page.tsx"), "MappingPage"),
});
const deliveries = createRoute({
  getParentRoute: () => root,
  path: "/deliveries",
  validateSearch: readDeliveriesSearch,
  component: lazyRouteComponent(() => import("../pages/deliveries/deliveries-page.tsx"), "DeliveriesPage"),
});
const delivery = createRoute({
  getParentRoute: () => root,
  path: "/deliveries/$deliveryId",
  component: lazyRouteComponent(() => import("../pages/deliveries/delivery-page.tsx"), "DeliveryPage"),
});
const agents = createRoute({
  getParentRoute: () => root,
  path: "/agents",
  component: lazyRouteComponent(() => import("../pages/agents/agents-page.tsx"), "AgentsPage"),
});
const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("../pages/audit/audit-page.tsx"), "AuditPage"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../pages/settings/settings-page.tsx"), "SettingsPage"),
});

const tree = root.addChildren([
  home,
  tryIt,
  runbooks,
  newRunbook,
  runbook,
  editRunbook,
  executions,
  execution,
  alerts,
  alert,
  alertMappings,
  alertMap,
  deliveries,
  delivery,
  agents,
  audit,
  settings,
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultPendingComponent: () => <Loading what="the page" />,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
