/**
 * What AppFlow does with a record at a destination that takes changes.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SalesforceDestinationProperties.html
 */
export class WriteOperation {
  /** Adds records. */
  public static insert(): WriteOperation {
    return new WriteOperation('INSERT');
  }

  /**
   * Changes records that exist.
   *
   * @param idFieldNames the destination fields that identify a record; for Salesforce its record id
   */
  public static update(idFieldNames: string[]): WriteOperation {
    return new WriteOperation('UPDATE', idFieldNames);
  }

  /**
   * Changes records that exist, and adds those that do not.
   *
   * @param idFieldNames the destination fields that identify a record; for Salesforce one external id field
   */
  public static upsert(idFieldNames: string[]): WriteOperation {
    return new WriteOperation('UPSERT', idFieldNames);
  }

  /**
   * Deletes records.
   *
   * @param idFieldNames the destination fields that identify a record; for Salesforce its record id
   */
  public static delete(idFieldNames?: string[]): WriteOperation {
    return new WriteOperation('DELETE', idFieldNames);
  }

  /** The name of the write operation in the AppFlow API. */
  public get name(): string {
    return this._name;
  }

  /**
   * The destination fields that identify a record.
   *
   * @default - none
   */
  public get idFieldNames(): string[] | undefined {
    return this._idFieldNames;
  }

  private constructor(private readonly _name: string, private readonly _idFieldNames?: string[]) {}
}
