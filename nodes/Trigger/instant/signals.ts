import { randomUUID } from 'node:crypto';
import type { Notification } from '../../../core/changes/notifications';

/** Tells this process from n8n's other ones. */
export const processId = randomUUID();

type Listener = (notifications: readonly Notification[]) => void;

/** The active triggers of this process, by their scope. */
const listeners = new Map<string, Listener>();
/** Requests of another process's trigger, held open until there is something to tell. */
const waiting = new Map<string, Set<Listener>>();

/** @returns ends the listening */
export function listen(scope: string, listener: Listener): () => void {
	listeners.set(scope, listener);
	return () => {
		if (listeners.get(scope) === listener) listeners.delete(scope);
	};
}

/** @returns whether the trigger has been told, here or in the process that waits for it */
export function tell(scope: string, notifications: readonly Notification[]): boolean {
	const listener = listeners.get(scope);
	if (listener) {
		listener(notifications);
		return true;
	}
	const held = waiting.get(scope);
	if (!held) return false;
	// Each is answered once, then asks again.
	waiting.delete(scope);
	for (const answer of held) answer(notifications);
	return true;
}

/**
 * Holds a request until `tell`, or until the time is over: then there is nothing to tell.
 * @returns ends the waiting without an answer
 */
export function hold(scope: string, maxWaitMs: number, answer: Listener): () => void {
	const held = waiting.get(scope) ?? new Set();
	waiting.set(scope, held);
	const end = () => {
		clearTimeout(timer);
		held.delete(once);
		if (held.size === 0 && waiting.get(scope) === held) waiting.delete(scope);
	};
	const once: Listener = (notifications) => {
		end();
		answer(notifications);
	};
	const timer = setTimeout(once, maxWaitMs, []);
	timer.unref();
	held.add(once);
	return end;
}
