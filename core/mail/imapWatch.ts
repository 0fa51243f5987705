import { readTokenClaims } from '../auth/tokenClaims';
import { CancelledError } from '../graph/errors';
import { openImap } from './imap';
import { isSessionLoss, sessionExpired } from './imapErrors';
import { openFolder } from './imapFolder';
import { createHandOvers, createLooks, type LookOptions, type Looks } from './imapLook';
import { createOutage, createReminders, isPassing, type OutageTiming } from './imapOutage';
import { MailServerError } from './MailServerError';
import type { MailLogin } from './types';

export interface ImapTiming extends OutageTiming {
	/** Between signs of life; a connection that was cut in silence is noticed after this and `answerMs`. */
	readonly heartbeatMs: number;
	readonly answerMs: number;
	/** How long the server may be silent in the middle of an answer. */
	readonly silenceMs: number;
	/** The folder is opened anew and looked through as often, whatever the server announces. */
	readonly floorMs: number;
	/** Before the first and the longest wait between attempts to connect. */
	readonly backoffBaseMs: number;
	readonly backoffCapMs: number;
	/** The first wait after a failure that needs somebody to act. */
	readonly permanentBackoffMs: number;
	/** A session that lasted this long was a good one. */
	readonly goodSessionMs: number;
	/** How long before its token runs out a session is replaced by one with a new token. */
	readonly renewBeforeMs: number;
}

export const imapTiming: ImapTiming = {
	heartbeatMs: 30_000,
	answerMs: 15_000,
	silenceMs: 45_000,
	floorMs: 300_000,
	backoffBaseMs: 1_000,
	backoffCapMs: 60_000,
	permanentBackoffMs: 30_000,
	goodSessionMs: 30_000,
	renewBeforeMs: 180_000,
	graceMs: 60_000,
	reminderMs: 3_600_000,
};

/** Microsoft's access tokens last between 60 and 90 minutes. */
const unknownLifetimeMs = 45 * 60_000;
const renewAgainMs = 30_000;
const shortestSessionMs = 1_000;
const stopPatienceMs = 3_000;

export interface ImapWatchOptions extends Omit<LookOptions, 'place' | 'wake' | 'signal'> {
	/** The credential as it is now: the person may have connected it again. */
	login(): Promise<MailLogin>;
	readonly folder: string;
	/** The trigger sees nothing: once an outage has begun, and then from time to time. */
	reportOutage(error: unknown, sinceMs: number): void;
	readonly timing?: Partial<ImapTiming>;
}

export interface ImapWatch {
	/**
	 * Settles with the first attempt: the folder is open, or why it isn't. In both cases the watch
	 * goes on until it is stopped.
	 */
	readonly begun: Promise<void>;
	/** Ends the connection. What is pending is handed over again by the next watch. */
	stop(): Promise<void>;
}

/**
 * Watches one folder on one connection, in a single loop: two looks never overlap. Whatever ends
 * the connection, it is opened again, and what came in meanwhile is found by its UIDs.
 */
export function watchImap(options: ImapWatchOptions): ImapWatch {
	const timing = { ...imapTiming, ...options.timing };
	const { log, folder: path } = options;
	const over = createHandOvers();
	const outage = createOutage(timing, Date.now);
	const reminders = createReminders(timing.reminderMs, Date.now);
	const stopping = new AbortController();
	const cutting = new AbortController();
	let expiredToken: string | undefined;
	let onWake: (() => void) | undefined;
	let isWoken = false;
	let settleBegun: { resolve: () => void; reject: (error: unknown) => void } | undefined;
	const begun = new Promise<void>((resolve, reject) => (settleBegun = { resolve, reject }));
	// Whoever doesn't wait for it has `reportOutage`.
	begun.catch(() => undefined);

	const run = async () => {
		let attempt = 0;
		while (!stopping.signal.aborted) {
			const startedMs = Date.now();
			try {
				await session();
				attempt = 0;
			} catch (error) {
				if (stopping.signal.aborted) return;
				settleBegun?.reject(error);
				if (outage.failed(error)) options.reportOutage(error, outage.sinceMs ?? startedMs);
				if (Date.now() - startedMs >= timing.goodSessionMs) attempt = 0;
				const delayMs = backoffMs(attempt, isPassing(error), timing);
				log(`IMAP: ${messageOf(error)}. Next attempt in ${Math.round(delayMs / 1_000)} s`);
				attempt++;
				await sleep(delayMs, stopping.signal);
			}
		}
	};

	/** Until its token needs to be renewed, or the watch is stopped. */
	const session = async (): Promise<void> => {
		const login = await options.login();
		const token = await (expiredToken === undefined
			? login.tokens.getToken()
			: login.tokens.renew(expiredToken));
		expiredToken = undefined;
		const imap = await openImap(login, {
			signal: cutting.signal,
			silenceTimeoutMs: timing.silenceMs,
			connectTimeoutMs: timing.silenceMs,
		});
		try {
			const folder = await openFolder(imap, path);
			const looks = createLooks(
				folder,
				{
					...options,
					place: `${login.mailbox.toLowerCase()}/${folder.path}`,
					signal: stopping.signal,
					report: reportSometimes,
					wake,
				},
				over,
			);
			await looks.begin();
			settleBegun?.resolve();
			await attend({ imap, folder, looks, login, token });
		} catch (error) {
			const cause = isSessionLoss(error) && !imap.isOpen ? ((await imap.ended) ?? error) : error;
			if (cause instanceof MailServerError && cause.code === sessionExpired) expiredToken = token;
			throw cause;
		} finally {
			await imap.close();
		}
	};

	const wake = () => {
		isWoken = true;
		onWake?.();
	};

	const reportSometimes = (error: unknown) => {
		log(`IMAP: ${messageOf(error)}`);
		if (reminders.isDue(error)) options.report(error);
	};

	const attend = async ({ imap, folder, looks, login, token }: Attending): Promise<void> => {
		let beatMs = Date.now() + timing.heartbeatMs;
		let floorMs = Date.now() + timing.floorMs;
		let renewMs = renewalMs(token, timing.renewBeforeMs);
		for (;;) {
			isWoken = false;
			const isDone = await looks.look();
			const sinceMs = outage.ended();
			if (sinceMs !== undefined) log(`IMAP: watching "${path}" of ${login.mailbox} again`);
			if (stopping.signal.aborted) return;
			const waiting = wakeAt(Math.min(beatMs, floorMs, renewMs));
			// Of use where a look waits for room, or has something to do afterwards.
			if (!isDone || options.after.action !== 'nothing') {
				onWake = waiting.wake;
				if (isWoken) waiting.wake();
			}
			const hasNews = await folder.waitForNews(waiting.signal).finally(waiting.clear);
			onWake = undefined;
			if (stopping.signal.aborted) return;
			if (!imap.isOpen) throw (await imap.ended) ?? new Error('The IMAP session is closed');
			if (hasNews) looks.expectNews();
			const nowMs = Date.now();
			if (nowMs >= renewMs) {
				if (await isRenewed(login, token)) return;
				renewMs = nowMs + renewAgainMs;
			}
			if (nowMs >= floorMs) {
				await folder.select();
				await looks.begin();
				floorMs = nowMs + timing.floorMs;
				beatMs = nowMs + timing.heartbeatMs;
			} else if (nowMs >= beatMs) {
				await folder.ping(timing.answerMs);
				beatMs = nowMs + timing.heartbeatMs;
			}
		}
	};

	const isRenewed = async ({ tokens }: MailLogin, token: string): Promise<boolean> => {
		try {
			return (await tokens.renew(token)) !== token;
		} catch (error) {
			// The session is good for a little longer.
			log(`IMAP: the token could not be renewed yet: ${messageOf(error)}`);
			return false;
		}
	};

	const wakeAt = (atMs: number) => {
		const controller = new AbortController();
		const wake = () => {
			controller.abort();
		};
		const timer = setTimeout(wake, Math.max(0, atMs - Date.now()));
		stopping.signal.addEventListener('abort', wake, { once: true });
		const clear = () => {
			clearTimeout(timer);
			stopping.signal.removeEventListener('abort', wake);
		};
		return { signal: controller.signal, wake, clear };
	};

	const running = run().finally(() => settleBegun?.reject(new CancelledError()));
	return {
		begun,
		stop: async () => {
			stopping.abort();
			const done = new AbortController();
			void running.finally(() => {
				done.abort();
			});
			await sleep(stopPatienceMs, done.signal);
			cutting.abort();
			// A request for a token goes on for as long as it takes, and opens nothing any more.
			await sleep(stopPatienceMs, done.signal);
		},
	};
}

interface Attending {
	readonly imap: Awaited<ReturnType<typeof openImap>>;
	readonly folder: Awaited<ReturnType<typeof openFolder>>;
	readonly looks: Looks;
	readonly login: MailLogin;
	readonly token: string;
}

/** At once after a good session, then exponentially with jitter. */
function backoffMs(attempt: number, passing: boolean, timing: ImapTiming): number {
	const floorMs = passing ? 0 : timing.permanentBackoffMs;
	if (attempt === 0) return floorMs;
	const ceilingMs = Math.min(timing.backoffCapMs, timing.backoffBaseMs * 2 ** (attempt - 1));
	return Math.max(floorMs, ceilingMs * (0.5 + Math.random() / 2));
}

/** When to replace the session; halfway where the token doesn't last much longer anyway. */
function renewalMs(token: string, beforeMs: number): number {
	const endMs = readTokenClaims(token)?.expiresAtMs;
	const lifetimeMs = endMs === undefined ? unknownLifetimeMs : endMs - Date.now();
	return Date.now() + Math.max(lifetimeMs - beforeMs, lifetimeMs / 2, shortestSessionMs);
}

async function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		const finish = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', finish);
			resolve();
		};
		const timer = setTimeout(finish, delayMs);
		signal.addEventListener('abort', finish, { once: true });
		if (signal.aborted) finish();
	});
}

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
