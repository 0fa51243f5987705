import { type INode, type JsonObject, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { UnavailableInCloudError } from '../../core/availability';
import { AuthError } from '../../core/auth/AuthError';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { troubleshootingUrl } from '../../core/docs';
import { errorAnchor } from '../../core/graph/errorAnchor';
import { AccessDeniedError, GraphError } from '../../core/graph/errors';
import { MimeError } from '../../core/mail/MimeError';
import { MailServerError } from '../../core/mail/MailServerError';
import { AftermathError } from './aftermath';
import { ParameterError } from './field';
import type { AnyOperation } from './operation';
import { permissionStep } from './permissions';

export interface ErrorPlace {
	readonly node: INode;
	readonly operation?: Pick<AnyOperation, 'action' | 'permissions'>;
	readonly identity?: TokenProvider['kind'];
	/** The permissions of the token that was used, where they are known. */
	readonly granted?: readonly string[] | undefined;
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
		const help = helpLink(errorAnchor(error));
		const description = [aftermath, nextStepOf(error, place), graphReference(error), help]
			.filter(Boolean)
			.join(' ');
		return new NodeApiError(place.node, jsonOf(error), {
			message: messageOf(error, place),
			description,
			...(error.status !== undefined && { httpCode: String(error.status) }),
			...at,
		});
	}
	if (error instanceof MailServerError) {
		return new NodeApiError(place.node, mailJsonOf(error), {
			message: error.message,
			description: [
				aftermath,
				error.nextStep,
				mailReference(error),
				error.docsAnchor !== undefined && helpLink(error.docsAnchor),
			]
				.filter(Boolean)
				.join(' '),
			...at,
		});
	}
	const message = error instanceof Error ? error.message : String(error);
	const anchor = error instanceof AuthError ? error.docsAnchor : undefined;
	const help = anchor === undefined ? '' : helpLink(anchor);
	const description = [aftermath, nextStepOf(error, place), help].filter(Boolean).join(' ');
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
	if (error instanceof AccessDeniedError) return error.nextStep ?? accessStep(place);
	if (error instanceof GraphError) return error.nextStep ?? '';
	if (error instanceof AuthError || error instanceof ParameterError) return error.nextStep ?? '';
	if (error instanceof UnavailableInCloudError || error instanceof MimeError) return error.nextStep;
	return '';
}

function accessStep({ operation, identity = 'delegated', granted }: ErrorPlace): string {
	return operation
		? permissionStep(operation, identity, granted)
		: 'The credential lacks a permission that this needs.';
}

const helpLink = (anchor: string): string => `Help: ${troubleshootingUrl(anchor)}`;

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

/** The server's own words, where the message doesn't have them. */
function mailReference({ code, response, message }: MailServerError): string {
	const said = response !== undefined && !message.includes(response) ? response : undefined;
	return `[${[code, said].filter(Boolean).join(': ')}]`;
}

function mailJsonOf({ message, code, response }: MailServerError): JsonObject {
	return { message, code, ...(response !== undefined && { response }) };
}
