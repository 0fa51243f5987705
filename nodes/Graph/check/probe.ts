import { AuthError } from '../../../core/auth/AuthError';
import { AccessDeniedError, GraphError } from '../../../core/graph/errors';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import type { GraphPath } from '../../../core/graph/path';
import type { BatchOutcome, GraphClient, GraphRequest } from '../../../core/graph/types';
import { permissionStep } from '../../kit/permissions';
import { type CheckedServiceName, type Probe, serviceOf } from './services';

export interface ProbeResult {
	readonly service: string;
	readonly state: 'works' | 'fails' | 'notChecked';
	readonly result: string;
	readonly nextStep?: string;
	readonly code?: string;
	readonly requestId?: string;
}

interface ProbeContext {
	readonly graph: GraphClient;
	readonly identity: TokenProvider['kind'];
	readonly granted: readonly string[] | undefined;
	readonly person: GraphPath | undefined;
}

/**
 * One request a service, all of them at once; the results in plain words.
 * @throws {AuthError} where the token turns out to be no good, and there is no other to be had
 */
export async function runProbes(
	names: readonly CheckedServiceName[],
	{ graph, identity, granted, person }: ProbeContext,
): Promise<ProbeResult[]> {
	const probes = names.flatMap((name) => {
		const { name: service, probe } = serviceOf(name);
		return probe ? [{ service, probe, request: probe.request(person, identity) }] : [];
	});
	const requests = probes.flatMap(({ request }) => (request ? [request] : []));
	const outcomes = new Map<GraphRequest, BatchOutcome>();
	for (const [index, outcome] of (await graph.batch(requests)).entries()) {
		const request = requests[index];
		if (request) outcomes.set(request, outcome);
	}
	return probes.map(({ service, probe, request }): ProbeResult => {
		const outcome = request && outcomes.get(request);
		if (!outcome) {
			return {
				service,
				state: 'notChecked',
				result: 'An app has no mailbox, calendar and OneDrive of its own to try it with',
				nextStep: "Name somebody's under Mailbox.",
			};
		}
		// Not the service's: there is no token for any of them.
		if (!outcome.ok && outcome.error instanceof AuthError) throw outcome.error;
		if (outcome.ok) {
			return { service, state: 'works', result: probe.tell(outcome.body as never) };
		}
		return { service, state: 'fails', ...tellFailure(outcome.error, probe, { identity, granted }) };
	});
}

function tellFailure(
	error: Error,
	probe: Probe,
	{ identity, granted }: Pick<ProbeContext, 'identity' | 'granted'>,
): Pick<ProbeResult, 'result' | 'nextStep' | 'code' | 'requestId'> {
	if (!(error instanceof GraphError)) return { result: error.message };
	const { code, requestId } = error;
	const isDenied = error instanceof AccessDeniedError;
	const nextStep = error.nextStep ?? (isDenied ? permissionStep(probe, identity, granted) : '');
	return {
		result: isDenied ? `Microsoft refuses it: ${error.message}` : error.message,
		...(nextStep && { nextStep }),
		code,
		...(requestId !== undefined && { requestId }),
	};
}
