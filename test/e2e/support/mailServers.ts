import type { ReceivedMail } from '../../support/mailServers';
import { sandbox } from './sandbox';

/** A request to the sandbox's mail servers; see the table in sandbox/mailServers/control.ts. */
export async function mailControl<T>(
	method: 'GET' | 'POST',
	path: string,
	body?: object,
): Promise<T> {
	const answer = await fetch(`${sandbox().mailControlUrl}${path}`, {
		method,
		...(body && { body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
	return (await answer.json()) as T;
}

/** What the sandbox's SMTP server took so far. */
export async function receivedMail(): Promise<ReceivedMail[]> {
	return await mailControl<ReceivedMail[]>('GET', '/smtp/received');
}
