using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Guard.Azure.Checkpoints;

/// <summary>
/// One owner's hold on the committed position of a partition: metadata of an empty blob, in the layout of Azure's own
/// clients, which KEDA's <c>blobMetadata</c> strategy reads. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Each commit is conditional on the entity tag that this owner read or wrote last, and on being ahead, so an owner that
/// was superseded cannot move the position, least of all back. What is committed must be durable: the least watermark of
/// the partition's shards.
/// </remarks>
public sealed class PartitionCheckpoint
{
    private const string OffsetKey = "offset";
    private const string SequenceKey = "sequencenumber";
    private const string OwnerKey = "clientidentifier";

    private readonly BlobClient _blob;
    private readonly string _owner;
    private ETag? _tag;
    private Hold _hold;

    /// <summary>Prepares the hold; <see cref="LoadAsync"/> takes it.</summary>
    /// <param name="container">The container of checkpoints; it must exist.</param>
    /// <param name="consumer">Who reads what.</param>
    /// <param name="partition">The partition's id.</param>
    /// <param name="owner">This owner's name, unlike every other's, such as the silo's; 1 to 256 characters of ASCII without control characters.</param>
    /// <exception cref="ArgumentException">A part does not do; the message names it.</exception>
    public PartitionCheckpoint(BlobContainerClient container, HubConsumer consumer, string partition, string owner)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(consumer);
        consumer.Validate();
        if (!(partition?.Length is >= 1 and <= 64 && partition.All(char.IsAsciiLetterOrDigit)))
        {
            throw new ArgumentException("A partition's id is 1 to 64 letters and digits: give it as the event hub does.", nameof(partition));
        }

        if (!(owner?.Length is >= 1 and <= 256 && owner.All(character => character is > ' ' and < '\u007f')))
        {
            throw new ArgumentException("An owner's name travels in a header: give 1 to 256 characters of ASCII without space and control characters.", nameof(owner));
        }

        _blob = container.GetBlobClient(consumer.CheckpointOf(partition));
        _owner = owner;
    }

    /// <summary>Gets the position that stood when this owner last looked; <see langword="null"/> before the first.</summary>
    public PartitionPosition? Committed { get; private set; }

    /// <summary>Reads the position and takes hold of it, also again after being superseded.</summary>
    /// <returns>The last event that is done, after which reading goes on; <see langword="null"/> where none is.</returns>
    /// <exception cref="InvalidDataException">What stands there is no position.</exception>
    public async ValueTask<PartitionPosition?> LoadAsync(CancellationToken cancellationToken = default)
    {
        _hold = Hold.None;
        var properties = await FindAsync(cancellationToken);
        Committed = properties is null ? null : Read(properties.Metadata);
        _tag = properties?.ETag;
        _hold = Hold.Held;
        return Committed;
    }

    /// <summary>Moves the position ahead.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded.</exception>
    /// <exception cref="ArgumentException">The position has no offset or a negative number.</exception>
    public async ValueTask<CommitOutcome> CommitAsync(PartitionPosition position, CancellationToken cancellationToken = default)
    {
        if (position.SequenceNumber < 0 || string.IsNullOrWhiteSpace(position.Offset))
        {
            throw new ArgumentException("A position has a sequence number from 0 and an offset: give both as the event came with them.", nameof(position));
        }

        if (_hold != Hold.Held)
        {
            return _hold == Hold.Lost ? CommitOutcome.Superseded : throw new InvalidOperationException("Load the position before committing the next.");
        }

        if (Committed is { } committed && position.SequenceNumber <= committed.SequenceNumber)
        {
            return CommitOutcome.NotAhead;
        }

        if (await WriteAsync(position, cancellationToken) is not { } tag)
        {
            _hold = Hold.Lost;
            return CommitOutcome.Superseded;
        }

        _tag = tag;
        Committed = position;
        return CommitOutcome.Committed;
    }

    /// <summary>Removes the position, so that reading begins with the earliest event: for a hub that was made anew and numbers from 0 again.</summary>
    /// <returns><see langword="false"/> where somebody else has moved it since it was loaded.</returns>
    /// <exception cref="InvalidOperationException">Nothing was loaded.</exception>
    public async ValueTask<bool> DiscardAsync(CancellationToken cancellationToken = default)
    {
        if (_hold != Hold.Held)
        {
            return _hold == Hold.Lost ? false : throw new InvalidOperationException("Load the position before discarding it.");
        }

        try
        {
            await _blob.DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = _tag }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            _hold = Hold.Lost;
            return false;
        }

        Committed = null;
        _tag = null;
        return true;
    }

    private async ValueTask<ETag?> WriteAsync(PartitionPosition position, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [OffsetKey] = position.Offset,
            [SequenceKey] = position.SequenceNumber.ToString(CultureInfo.InvariantCulture),
            [OwnerKey] = _owner,
        };
        try
        {
            if (_tag is { } tag)
            {
                return (await _blob.SetMetadataAsync(metadata, new BlobRequestConditions { IfMatch = tag }, cancellationToken)).Value.ETag;
            }

            var first = new BlobUploadOptions { Metadata = metadata, Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            return (await _blob.UploadAsync(BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty), first, cancellationToken)).Value.ETag;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412 || exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // A write that went through while its answer was lost fails when it is repeated; then this very position stands.
            return await FindAsync(cancellationToken) is { } found && metadata.All(pair => found.Metadata.TryGetValue(pair.Key, out var value) && value == pair.Value)
                ? found.ETag
                : null;
        }
    }

    private async ValueTask<BlobProperties?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private PartitionPosition Read(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(SequenceKey, out var sequence) && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && metadata.TryGetValue(OffsetKey, out var offset) && !string.IsNullOrWhiteSpace(offset)
            ? new(number, offset)
            : throw new InvalidDataException($"{_blob.Name}: holds no sequence number and offset; delete the blob to read the partition from its earliest event.");

    private enum Hold
    {
        None,
        Held,
        Lost,
    }
}
