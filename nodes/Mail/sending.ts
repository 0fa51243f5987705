import type { Message } from '@microsoft/microsoft-graph-types';
import { AccessDeniedError, OutcomeUnknownError } from '../../core/graph/errors';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient, GraphRequest } from '../../core/graph/types';
import { AftermathError } from '../kit/aftermath';

export interface DraftJob {
	readonly graph: GraphClient;
	readonly mailbox: GraphPath;
	/** Answers the draft. Not repeated blindly: a lost answer would leave a second draft. */
	readonly create: GraphRequest;
	/** Makes the draft complete: attachments, the text of a reply. Answers what it has become. */
	readonly complete: (draft: Message, draftPath: GraphPath) => Promise<Message>;
}

/**
 * Creates a draft and completes it. One that can't be completed is deleted, so that a failed run
 * leaves no half-written message behind.
 */
export async function createDraft(job: DraftJob): Promise<{ draft: Message; path: GraphPath }> {
	const { graph, mailbox, create, complete } = job;
	const created = await start(graph, create);
	const draftPath = path`${mailbox}/messages/${created.id ?? ''}`;
	try {
		return { draft: await complete(created, draftPath), path: draftPath };
	} catch (error) {
		throw await withoutDraft(graph, draftPath, withDraftPermission(error));
	}
}

/**
 * Creates a draft, completes and sends it; answers it as it was before. Its immutable id is
 * that of the copy in Sent Items.
 */
export async function sendViaDraft(job: DraftJob): Promise<Message> {
	const { draft, path: draftPath } = await createDraft(job);
	try {
		await job.graph.request(sendRequest(draftPath));
	} catch (error) {
		if (error instanceof OutcomeUnknownError) throw maybeSent(error);
		throw await withoutDraft(job.graph, draftPath, error);
	}
	return draft;
}

/** Never `repeatable`: a second send is a second mail. */
export function sendRequest(draftPath: GraphPath): GraphRequest {
	return { method: 'POST', path: path`${draftPath}/send` };
}

async function start(graph: GraphClient, create: GraphRequest): Promise<Message> {
	try {
		return await graph.request<Message>(create);
	} catch (error) {
		if (!(error instanceof AccessDeniedError)) throw error;
		throw new AftermathError(withDraftPermission(error), 'Nothing was sent.');
	}
}

/** A refusal before the send is about drafts, whatever the operation's own permission is. */
function withDraftPermission(error: unknown): unknown {
	if (!(error instanceof AccessDeniedError)) return error;
	const { message, code, status, requestId, nextStep = draftPermissionStep } = error;
	return new AccessDeniedError(message, { code, status, requestId, nextStep, cause: error });
}

const draftPermissionStep =
	'The message is written as a draft first, which needs the permission Mail.ReadWrite. ' +
	"In somebody else's mailbox it is Mail.ReadWrite.Shared; there Exchange may refuse large files to a " +
	'signed-in person all the same: connect as the app itself for those.';

async function withoutDraft(
	graph: GraphClient,
	draftPath: GraphPath,
	error: unknown,
): Promise<AftermathError> {
	try {
		await graph.request({ method: 'DELETE', path: draftPath });
	} catch {
		return new AftermathError(
			error,
			'Nothing was sent. The unfinished draft could not be deleted and is still in Drafts.',
		);
	}
	return new AftermathError(error, 'Nothing was sent, and the unfinished draft was deleted.');
}

function maybeSent(error: OutcomeUnknownError): AftermathError {
	return new AftermathError(
		error,
		'If the message is in Sent Items, it was sent; if it is still in Drafts, it was not.',
	);
}
