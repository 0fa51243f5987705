import type { N8nRest } from '../../../sandbox/n8n/rest';
import {
	type Execution,
	type TestNode,
	createWorkflow,
	runWorkflow,
	sandboxCredential,
} from './n8n';
import { control } from './sandbox';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const chloe = 'chloe@contoso.example';

export type Json = Readonly<Record<string, unknown>>;

/** A Calendar node that works on events in a mailbox, as the app itself. */
export async function calendarNode(
	rest: N8nRest,
	name: string,
	mailbox: string,
	parameters: object,
): Promise<TestNode> {
	const credential = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
	return {
		name,
		type: 'n8n-nodes-microsoft365.microsoft365Calendar',
		parameters: { authentication: 'application', resource: 'event', mailbox, ...parameters },
		credentials: { microsoft365AppOnlyApi: { id: credential.id, name: credential.name } },
	};
}

/** What one operation on events puts out. */
export async function inMailbox(
	rest: N8nRest,
	mailbox: string,
	parameters: object,
): Promise<readonly Json[]> {
	const steps = [await calendarNode(rest, 'Do It', mailbox, parameters)];
	const execution = await runWorkflow(rest, await createWorkflow(rest, 'One step', steps));
	return outputOf(execution, 'Do It');
}

export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

export function outputOf(execution: Execution, nodeName: string): readonly Json[] {
	expect(execution.error).toBeUndefined();
	return execution.items(nodeName).map(({ json }) => json);
}

/** The subjects of a person's Inbox. */
export async function inboxOf(mailbox: string): Promise<readonly string[]> {
	const { folders } = (await control('graph', 'GET', `state?mailbox=${mailbox}`)) as {
		folders: ReadonlyArray<{
			wellKnownName: string | null;
			messages: ReadonlyArray<{ subject: string }>;
		}>;
	};
	const inbox = folders.find(({ wellKnownName }) => wellKnownName === 'inbox');
	return (inbox?.messages ?? []).map(({ subject }) => subject);
}
