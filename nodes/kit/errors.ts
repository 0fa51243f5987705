import { type INode, type JsonObject, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { UnavailableInCloudError } from '../../core/availability';
import { AuthError } from '../../core/auth/AuthError';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { AccessDeniedError, GraphError } from '../../core/graph/errors';
import { AftermathError } from './aftermath';
import { ParameterError } from './field';
import type { Operation } from './operation';

export interface ErrorPlace {
	readonly node: INode;
	readonly operation?: Operation;
	readonly identity?: TokenProvider['kind'];
	readonly itemIndex?: number;
	/** What was done or left behind because of the error. */
	readonly aftermath?: string;
}

/** The one place where an error of ours becomes n8n's: what happened, to which item, what to do next. */
export function toNodeError(error: unknown, place: ErrorPlace): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof AftermathError) {
		return toNodeError(error.cause, { ...place, aftermath: error.aftermath });
	}
	const { itemIndex, aftermath } = place;
	const at = itemIndex === undefined ? {} : { itemIndex };
	if (error instanceof GraphError) {
		const description = [aftermath, nextStepOf(error, place), graphReference(error)]
			.filter(Boolean)
			.join(' ');
		return new NodeApiError(place.node, jsonOf(error), {
			message: messageOf(error, place),
			description,
			...(error.status !== undefined && { httpCode: String(error.status) }),
			...at,
		});
	}
	const message = error instanceof Error ? error.message : String(error);
	const description = [aftermath, nextStepOf(error, place)].filter(Boolean).join(' ');
	return new NodeOperationError(place.node, message, {
		...(description && { description }),
		...at,
	});
}

function messageOf(error: GraphError, { operation }: ErrorPlace): string {
	if (error instanceof AccessDeniedError && operation) {
		return `Microsoft 365 refused "${operation.action}": access is denied`;
	}
	return error.message;
}

function nextStepOf(error: unknown, place: ErrorPlace): string {
	if (error instanceof AccessDeniedError) return error.nextStep ?? permissionStep(place);
	if (error instanceof GraphError) return error.nextStep ?? '';
	if (error instanceof AuthError || error instanceof ParameterError) return error.nextStep ?? '';
	if (error instanceof UnavailableInCloudError) return error.nextStep;
	return '';
}

function permissionStep({ operation, identity }: ErrorPlace): string {
	if (!operation) return 'The credential lacks a permission that this needs.';
	if (identity === 'application') {
		const { application } = operation.permissions;
		if (application === null) {
			return 'Microsoft offers this to signed-in people only: choose "A Person (OAuth2)" under Connect As.';
		}
		return (
			`The app needs the application permission ${application}, with admin consent, and a mailbox or site ` +
			'that no access policy keeps from it. An admin adds it in Entra under App registrations > API permissions.'
		);
	}
	const { delegated } = operation.permissions;
	if (delegated === null) {
		return 'Microsoft offers this to apps only: choose "The App Itself (App-Only)" under Connect As.';
	}
	// Of Calendars.ReadBasic there is no .Shared form.
	const shared = /^(Mail|Calendars)\.(?!ReadBasic|.*\.Shared)/.test(delegated)
		? ` (${delegated.replaceAll(/(?<=\w)(?= |$)/g, '.Shared')} for somebody else's mailbox, where the person also needs access in Exchange)`
		: '';
	// Of MailboxSettings neither; a person's own mailbox is all that it opens.
	const others = delegated.startsWith('MailboxSettings.')
		? " In somebody else's mailbox only an app may do this: connect as the app itself there."
		: '';
	return (
		`The signed-in person's connection needs the permission ${delegated}${shared}. Add it in the credential, ` +
		`connect the account again, and accept; an admin may have to approve it.${others}`
	);
}

function graphReference({ code, requestId }: GraphError): string {
	return `[${[code, requestId && `request-id ${requestId}`].filter(Boolean).join(', ')}]`;
}

/** What n8n keeps beside the message. Never the request: it may hold a mail. */
function jsonOf(error: GraphError): JsonObject {
	return {
		message: error.message,
		code: error.code,
		...(error.status !== undefined && { status: error.status }),
		...(error.requestId !== undefined && { requestId: error.requestId }),
	};
}
