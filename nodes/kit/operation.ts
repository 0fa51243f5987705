import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { CloudFeature } from '../../core/availability';
import type { CloudProfile } from '../../core/clouds';
import type { GraphClient, GraphRequest } from '../../core/graph/types';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import type { BinaryAccess } from './binary';
import type { ConnectionFacts } from './connectionFacts';
import type { Field, ParamsOf } from './field';
import type { Review } from './review/types';

/**
 * The least privileged permission of each kind, several with a space; `null` where Microsoft offers
 * none, empty where the operation itself takes none.
 */
export interface Permissions {
	readonly delegated: string | null;
	readonly application: string | null;
}

/** For what works with every connection, or depends on what the user asks for. */
export const noneOfItsOwn: Permissions = { delegated: '', application: '' };

export interface OutputItem {
	readonly json: IDataObject;
	readonly binary?: IBinaryKeyData;
}

/** What an operation answers: all at once, or page by page so that only a page is held twice. */
export type Output = readonly OutputItem[] | AsyncIterable<readonly OutputItem[]>;

/** What is known of one item, whatever its operation works with. */
export interface ItemInput<Params> {
	readonly params: Params;
	readonly identity: TokenProvider['kind'];
	/** IANA name of the workflow's time zone. */
	readonly timezone: string;
	/**
	 * Names this item of this run: the same each time that n8n tries it again, and no other's. For
	 * what Microsoft can recognise as a repetition, such as an event's `transactionId`.
	 */
	readonly itemKey: () => string;
}

/** The same with Graph, of which each environment has its own. */
export interface OperationInput<Params> extends ItemInput<Params> {
	readonly cloud: CloudProfile;
}

/** What `request` is made from. */
export interface RequestInput<Params> extends OperationInput<Params> {
	/** The answer to the operation's `read`. */
	readonly current?: unknown;
}

/** What most operations work with. */
export interface GraphTools {
	readonly cloud: CloudProfile;
	readonly graph: GraphClient;
	readonly connection: ConnectionFacts;
}

export interface CommonExecuteInput<Params> extends ItemInput<Params> {
	readonly binary: BinaryAccess;
	/** Ends when the user stops the workflow. */
	readonly signal?: AbortSignal;
	/** A hint that the user sees beside the output, e.g. what was filtered here instead of by Graph. */
	readonly note: (text: string) => void;
	/** A line in n8n's log, e.g. how far an upload is. */
	readonly log: (text: string) => void;
}

/** @typeParam Tools what the node's operations work with: Graph, or another service's client */
export type ExecuteInput<Params, Tools extends object = GraphTools> = CommonExecuteInput<Params> &
	Tools;

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

/** An operation of a node that works with something else than Graph. */
export interface ToolOperationDefinition<
	Tools extends object,
	Fields extends readonly Field[] = readonly Field[],
> extends OperationBase<Fields> {
	readonly execute: (input: ExecuteInput<ParamsOf<Fields>, Tools>) => Promise<Output> | Output;
	/** As with Graph: how many items may run at once. */
	readonly concurrentItems?: number;
	/** What can be done to many items with one command. The runner asks it for more than one item. */
	readonly together?: Together<ExecuteInput<ParamsOf<Fields>, Tools>>;
}

export interface Together<Input> {
	/** Neighbouring items of one key are done together. */
	readonly key: (input: Input) => string;
	/** One outcome an input, in their order; an `Error` is that item's alone. One thrown is everybody's. */
	readonly execute: (
		inputs: readonly Input[],
	) => Promise<ReadonlyArray<readonly OutputItem[] | Error>>;
}

/** An operation whose parameter types are known to nobody but itself. */
export type Operation<Tools extends object = GraphTools> = OperationBase<readonly Field[]> & {
	readonly batchable?: boolean;
	readonly concurrentItems?: number;
	readonly read?: (input: OperationInput<never>) => GraphRequest | undefined;
	readonly request?: (input: RequestInput<never>) => GraphRequest | undefined;
	readonly shape?: (body: unknown, input: OperationInput<never>) => IDataObject;
	readonly execute?: (input: ExecuteInput<never, Tools>) => Promise<Output> | Output;
	readonly together?: Together<ExecuteInput<never, Tools>>;
	readonly review?: Review<never>;
};

/** Whatever the operation works with: for what looks at definitions and runs none. */
export type AnyOperation = Operation<never>;

export function defineOperation<const Fields extends readonly Field[]>(
	definition: OperationDefinition<Fields>,
): Operation {
	return definition;
}

/** `defineOperation` for a node that works with something else than Graph; see `runWith`. */
export function operationsWith<Tools extends object>() {
	return <const Fields extends readonly Field[]>(
		definition: ToolOperationDefinition<Tools, Fields>,
	): Operation<Tools> => definition;
}

/** One output item of a Graph resource or of an operation's own making. */
export const item = (json: object): OutputItem => ({ json: json as IDataObject });
