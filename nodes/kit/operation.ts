import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { CloudFeature } from '../../core/availability';
import type { CloudProfile } from '../../core/clouds';
import type { GraphClient, GraphRequest } from '../../core/graph/types';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import type { BinaryAccess } from './binary';
import type { Field, ParamsOf } from './field';
import type { Review } from './review/types';

/** The least privileged permission of each kind, several with a space; `null` where Microsoft offers none. */
export interface Permissions {
	readonly delegated: string | null;
	readonly application: string | null;
}

export interface OutputItem {
	readonly json: IDataObject;
	readonly binary?: IBinaryKeyData;
}

/** What an operation answers: all at once, or page by page so that only a page is held twice. */
export type Output = readonly OutputItem[] | AsyncIterable<readonly OutputItem[]>;

export interface OperationInput<Params> {
	readonly params: Params;
	readonly cloud: CloudProfile;
	readonly identity: TokenProvider['kind'];
	/** IANA name of the workflow's time zone. */
	readonly timezone: string;
	/**
	 * Names this item of this run: the same each time that n8n tries it again, and no other's. For
	 * what Microsoft can recognise as a repetition, such as an event's `transactionId`.
	 */
	readonly itemKey: () => string;
}

/** What `request` is made from. */
export interface RequestInput<Params> extends OperationInput<Params> {
	/** The answer to the operation's `read`. */
	readonly current?: unknown;
}

export interface ExecuteInput<Params> extends OperationInput<Params> {
	readonly graph: GraphClient;
	readonly binary: BinaryAccess;
	/** Ends when the user stops the workflow. */
	readonly signal?: AbortSignal;
	/** A hint that the user sees beside the output, e.g. what was filtered here instead of by Graph. */
	readonly note: (text: string) => void;
	/** A line in n8n's log, e.g. how far an upload is. */
	readonly log: (text: string) => void;
}

interface OperationBase<Fields extends readonly Field[]> {
	/** As in the Operation dropdown, e.g. `Get Many`. */
	readonly name: string;
	/** Never changes: workflows hold it. Also the name of the operation's file. */
	readonly value: string;
	/** As in n8n's node search, sentence case, e.g. `Get many messages`. */
	readonly action: string;
	readonly description: string;
	readonly permissions: Permissions;
	/** What not every cloud has; refused by name before anything is sent. */
	readonly needs?: CloudFeature;
	readonly properties: Fields;
}

/** An operation that is one request: the runner may put twenty items into one `$batch`. */
interface RequestOperation<Fields extends readonly Field[]> extends OperationBase<Fields> {
	readonly batchable?: boolean;
	/** Asks for the present state where `request` depends on it, e.g. for categories to add to. */
	readonly read?: (input: OperationInput<ParamsOf<Fields>>) => GraphRequest | undefined;
	readonly request: (input: RequestInput<ParamsOf<Fields>>) => GraphRequest;
	/** Default: the answer's body, or `{ success: true }` where there is none. */
	readonly shape?: (body: unknown, input: OperationInput<ParamsOf<Fields>>) => IDataObject;
	readonly execute?: never;
}

/** An operation that is one request for most parameters: the rest, where `request` answers nothing, is `execute`. */
interface MixedOperation<Fields extends readonly Field[]> extends OperationBase<Fields> {
	readonly batchable?: boolean;
	/** Asks for the present state where `request` depends on it, e.g. for categories to add to. */
	readonly read?: (input: OperationInput<ParamsOf<Fields>>) => GraphRequest | undefined;
	readonly request: (input: RequestInput<ParamsOf<Fields>>) => GraphRequest | undefined;
	readonly shape?: (body: unknown, input: OperationInput<ParamsOf<Fields>>) => IDataObject;
	readonly execute: (input: ExecuteInput<ParamsOf<Fields>>) => Promise<Output> | Output;
}

interface ExecuteOperation<Fields extends readonly Field[]> extends OperationBase<Fields> {
	readonly execute: (input: ExecuteInput<ParamsOf<Fields>>) => Promise<Output> | Output;
	/**
	 * How many items may run at once; their output keeps the items' order. More than 1 only where
	 * items don't depend on one another's effects, as with downloads.
	 */
	readonly concurrentItems?: number;
	readonly read?: never;
	readonly request?: never;
	readonly batchable?: never;
}

/** An operation that asks a person by mail, and pauses the workflow until the answer. */
interface ReviewOperation<Fields extends readonly Field[]> extends OperationBase<Fields> {
	readonly review: Review<ParamsOf<Fields>>;
	readonly read?: never;
	readonly request?: never;
	readonly execute?: never;
	readonly batchable?: never;
}

/** What is wrong with one operation's definition can't compile: parameters are typed by its fields. */
export type OperationDefinition<Fields extends readonly Field[] = readonly Field[]> =
	| RequestOperation<Fields>
	| MixedOperation<Fields>
	| ExecuteOperation<Fields>
	| ReviewOperation<Fields>;

/** An operation whose parameter types are known to nobody but itself. */
export type Operation = OperationBase<readonly Field[]> & {
	readonly batchable?: boolean;
	readonly concurrentItems?: number;
	readonly read?: (input: OperationInput<never>) => GraphRequest | undefined;
	readonly request?: (input: RequestInput<never>) => GraphRequest | undefined;
	readonly shape?: (body: unknown, input: OperationInput<never>) => IDataObject;
	readonly execute?: (input: ExecuteInput<never>) => Promise<Output> | Output;
	readonly review?: Review<never>;
};

export function defineOperation<const Fields extends readonly Field[]>(
	definition: OperationDefinition<Fields>,
): Operation {
	return definition;
}

/** One output item of a Graph resource or of an operation's own making. */
export const item = (json: object): OutputItem => ({ json: json as IDataObject });
