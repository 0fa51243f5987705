import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { keyOf } from '../../../core/changes/key';
import type { ImapCursor } from '../../../core/mail/imapCursor';
import type { CursorStore } from '../../../core/mail/imapLook';
import { isPassing } from '../../../core/mail/imapOutage';
import { watchImap } from '../../../core/mail/imapWatch';
import { AftermathError } from '../../kit/aftermath';
import { toNodeError } from '../../kit/errors';
import { connectMail } from '../../kit/mailConnect';
import { createHandOver } from '../shared/handOver';
import { scopeOf, stateStore } from '../shared/stateStore';
import { messageItem } from './messageItem';
import { type ImapTriggerSettings, readSettings } from './settings';

/** n8n makes a trigger anew when its workflow is saved; the one before must be gone by then. */
const closers = new Map<string, () => Promise<void>>();

/**
 * Watches the folder that the node names until n8n closes it.
 * @throws {NodeOperationError} that n8n shows as the reason why it can't activate
 */
export async function watchFolder(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const scope = scopeOf(context);
	await closers.get(scope)?.();
	const failure = (error: unknown) => toNodeError(error, { node: context.getNode() });
	try {
		const settings = readSettings(context);
		return await start(context, settings, scope);
	} catch (error) {
		throw failure(error);
	}
}

async function start(
	context: ITriggerFunctions,
	settings: ImapTriggerSettings,
	scope: string,
): Promise<ITriggerResponse> {
	const { folder, selection, after, floorMs } = settings;
	const mode = context.getActivationMode();
	const handOver = createHandOver(context);
	const store = cursorStore(context, settings.startsFresh && mode === 'activate');
	const restart = afterRestart(mode, store.read());
	const log = (text: string) => {
		context.logger.info(`Trigger "${context.getNode().name}": ${text}`);
	};
	const tell = (error: unknown) => {
		const nodeError = toNodeError(error, { node: context.getNode() });
		// Older versions of n8n lack it.
		if (typeof context.saveFailedExecution === 'function') context.saveFailedExecution(nodeError);
	};
	// n8n shows a refusal itself. Where n8n has started or another process was the leader, the trigger
	// goes on trying.
	const isRefusal = (error: unknown) =>
		mode === 'activate' || (mode === 'update' && !isPassing(error));
	let hasBegun = false;
	const watch = watchImap({
		login: async () => await connectMail(context, 'imap'),
		folder,
		store,
		after,
		...selection,
		timing: { floorMs },
		log,
		report: tell,
		reportOutage: (error, sinceMs) => {
			if (hasBegun || !isRefusal(error)) tell(new AftermathError(error, outageText(sinceMs)));
		},
		deliver: async (message) => {
			const data = await messageItem(message, folder, settings);
			const key = keyOf([scope, 'imap', store.read()?.place ?? '', message.key]);
			const { recorded, confirmed } = pledge();
			const restarts = restart(message.key);
			await handOver.give({ key, items: [{ key, id: message.key, data }], restarts }, confirmed);
			return { recorded };
		},
	});
	const closeFunction = async () => {
		handOver.stop();
		await watch.stop();
		store.close();
		if (closers.get(scope) === closeFunction) closers.delete(scope);
	};
	closers.set(scope, closeFunction);
	try {
		await watch.begun;
	} catch (error) {
		if (isRefusal(error)) {
			await closeFunction();
			throw error;
		}
	}
	hasBegun = true;
	return { closeFunction };
}

/**
 * n8n records a run before it begins: of what the process before had handed over, a run may be
 * recorded that never began. It is tried once more under a key that this start of n8n alone has.
 */
function afterRestart(
	mode: string,
	cursor: ImapCursor | undefined,
): (messageKey: string) => number {
	const isRestart = mode === 'init' || mode === 'leadershipChange';
	const inherited = new Set(isRestart ? cursor?.pending.map(({ key }) => key) : []);
	const startedAt = Date.now();
	return (messageKey) => (inherited.delete(messageKey) ? startedAt : 0);
}

function cursorStore(
	context: ITriggerFunctions,
	startsFresh: boolean,
): CursorStore & { close(): void } {
	const store = stateStore<ImapCursor>(context);
	const stored = store.read();
	let current = stored && startsFresh ? { ...stored, place: '' } : stored;
	let isClosed = false;
	return {
		read: () => current,
		write: (cursor) => {
			current = cursor;
			if (!isClosed) store.write(cursor);
		},
		close: () => {
			if (current) store.write(current);
			isClosed = true;
		},
	};
}

function pledge(): { readonly recorded: Promise<void>; readonly confirmed: () => void } {
	let confirmed: () => void = () => undefined;
	const recorded = new Promise<void>((resolve) => (confirmed = resolve));
	return { recorded, confirmed };
}

const outageText = (sinceMs: number): string =>
	`The trigger has seen no mail since ${new Date(sinceMs).toISOString()}. It keeps trying, and then hands over what came in meanwhile.`;
