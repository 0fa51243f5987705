import type { CloudFeature } from '../core/availability';
import type { Resource } from '../nodes/kit/resource';

/** The whole page docs/operations.md. */
export function operationsPage(
	nodes: ReadonlyArray<{ readonly displayName: string; readonly resources: readonly Resource[] }>,
	features: Readonly<Record<CloudFeature, { readonly lackedBy: readonly string[] }>>,
): string;
