import { performance } from 'node:perf_hooks';
import type { VerifyToken } from '../accessToken';
import { clouds } from '../../core/clouds';
import type { Clock } from '../clock';
import type { SandboxDirectory } from '../directory';
import { CalendarService } from './calendar/service';
import { ChangeFeed } from './changes';
import { DriveService } from './drive/service';
import { answerControl, isControl, resetAll } from './control';
import { deliverAll, type DeliveredMail, type DeliverRequest } from './deliver/mail';
import { deliverEvent, type DeliverEvent } from './deliver/event';
import { deliverFile, type DeliverFile, type DeliveredFile } from './deliver/file';
import { deliverListItem, type DeliverListItem } from './deliver/listItem';
import type { Mailbox } from './mail/mailbox';
import { MailService } from './mail/service';
import { largestRange } from './mail/uploadSessions';
import { findUser } from './server/authorize';
import { createEngine } from './server/engine';
import { Faults } from './server/faults';
import { Limits } from './server/limits';
import { listen, type TlsOptions } from './server/listener';
import { Recorder, type RecordedRequest } from './server/recorder';
import type { SandboxCloud, SurfaceLog } from './surface/load';
import { loadSurface, type Surface } from './surface/surface';
import { SharePointService } from './sharepoint/service';
import type { SharePoint } from './sharepoint/store';
import { SubscriptionService } from './subscriptions/service';
import { createUsersService } from './users/service';

export interface GraphOptions {
	readonly cloud: SandboxCloud;
	readonly clock: Clock;
	readonly directory: SandboxDirectory;
	readonly verifyToken: VerifyToken;
	/** HTTPS with it, plain HTTP without. The certificate must hold for `127.0.0.1` and `localhost`. */
	readonly tls?: TlsOptions;
	/** Default: any that is free. */
	readonly port?: number;
	/** The port of upload URLs, on `localhost`; default: any that is free. */
	readonly uploadPort?: number;
	/** Each Graph request is appended to it as a line of JSON. */
	readonly recordFile?: string;
	/** Resources that tokens may be issued for, besides Graph's app id, the cloud's Graph and this server. */
	readonly audiences?: readonly string[];
	/** Hears where the surface comes from. Default: a warning when it isn't Microsoft's metadata. */
	readonly log?: SurfaceLog;
}

export interface GraphSandbox {
	/** Origin: `http://127.0.0.1:port`. Graph is below `/v1.0`, the tests' door below `/__sandbox__`. */
	readonly url: string;
	/** Where upload URLs point to; another host name and port than Graph's, as in reality. */
	readonly uploadUrl: string;
	readonly surface: Surface;
	readonly faults: Faults;
	readonly limits: Limits;
	readonly state: GraphState;
	recorded(): readonly RecordedRequest[];
	/** What was sent to upload URLs: no Graph requests, so they aren't in the record. */
	uploads(): readonly RecordedRequest[];
	close(): Promise<void>;
}

/** The store, for tests in the same process. */
export interface GraphState {
	/** @throws {Error} for a user who doesn't exist */
	mailbox(user: string): Mailbox;
	deliver(request: DeliverRequest): DeliveredMail;
	deliverEvent(request: DeliverEvent): { readonly id: string; readonly iCalUId: string };
	deliverFile(request: DeliverFile): DeliveredFile;
	deliverListItem(request: DeliverListItem): {
		readonly id: string;
		readonly ids: readonly string[];
	};
	/** Sites, lists and pages. */
	readonly sharePoint: SharePoint;
	/** OneDrive, libraries, and what is in them. */
	readonly drives: DriveService;
	readonly subscriptions: SubscriptionService;
	/** Empties all mailboxes, sites are as at the start; faults and the record go too. */
	reset(): void;
}

/** Microsoft's documented limit for a request with an inline attachment. */
const largestRequest = 4 * 1024 * 1024;
const largestContent = 250 * 1024 * 1024;

/** Starts Microsoft Graph, as far as the sandbox models it, on the loopback address. */
export async function startGraph(options: GraphOptions): Promise<GraphSandbox> {
	const { clock, directory, verifyToken, cloud } = options;
	const surface = loadSurface(cloud, options.log);
	const feed = new ChangeFeed();
	const mail = new MailService(clock, directory, feed.announce);
	const calendars = new CalendarService(clock, directory, mail, feed.announce);
	const sharePoint = new SharePointService(clock, directory, feed.announce);
	const drives = new DriveService(clock, directory, sharePoint, feed.announce);
	const stores = { mail, calendars, drives, sites: sharePoint };
	const subscriptions = new SubscriptionService(clock, directory, stores, feed, options.tls?.ca);
	const faults = new Faults(clock);
	const limits = new Limits();
	const recorder = new Recorder(cloud, options.recordFile);
	const uploadRecorder = new Recorder(cloud, undefined);
	const audiences = [clouds[cloud].graphOrigin, ...(options.audiences ?? [])];
	const engine = createEngine({
		clock,
		directory,
		surface,
		faults,
		limits,
		services: [mail, calendars, createUsersService(directory), sharePoint, drives, subscriptions],
		authority: { verifyToken, clock, directory, audiences },
	});
	const control = {
		clock,
		directory,
		mail,
		calendars,
		sharePoint,
		drives,
		subscriptions,
		faults,
		recorder,
	};
	const tls = options.tls === undefined ? {} : { tls: options.tls };

	const uploadListener = await listen({
		...tls,
		// Not Graph's name, so that a client that sends its token everywhere is caught.
		host: 'localhost',
		port: options.uploadPort ?? 0,
		largestBody: () => largestRange * 16,
		answer: async (incoming) => {
			const answer =
				(await faults.play(incoming.method, incoming.url)) ??
				drives.answerPublic(incoming) ??
				mail.uploads.answer(incoming);
			uploadRecorder.add({ ...incoming, bytes: Buffer.alloc(0) }, answer.status, 0);
			return answer;
		},
	});
	mail.uploadOrigin = uploadListener.origin;
	drives.publicOrigin = uploadListener.origin;

	const listener = await listen({
		...tls,
		host: '127.0.0.1',
		port: options.port ?? 0,
		largestBody: (method, url) =>
			method === 'PUT' || isControl(url) ? largestContent : largestRequest,
		answer: async (incoming) => {
			if (isControl(incoming.url)) return await answerControl(control, incoming);
			const startedAt = performance.now();
			const answer = await engine(incoming);
			recorder.add(incoming, answer.status, performance.now() - startedAt);
			return answer;
		},
	});
	audiences.push(listener.origin);

	return {
		url: listener.origin,
		uploadUrl: uploadListener.origin,
		surface,
		faults,
		limits,
		state: {
			mailbox: (key) => {
				const user = findUser(directory, key);
				if (user === undefined) throw new Error(`The sandbox has no user ${key}`);
				return mail.mailboxOf(user);
			},
			deliver: (request) => deliverAll(control, request),
			deliverEvent: (request) => deliverEvent(calendars, request),
			deliverFile: (request) => deliverFile(drives, request),
			deliverListItem: (request) => deliverListItem(sharePoint.sharePoint, directory, request),
			sharePoint: sharePoint.sharePoint,
			drives,
			subscriptions,
			reset: () => {
				resetAll(control);
			},
		},
		recorded: () => recorder.requests,
		uploads: () => uploadRecorder.requests,
		close: async () => {
			await Promise.all([listener.close(), uploadListener.close()]);
			subscriptions.close();
			drives.content.clear();
		},
	};
}
