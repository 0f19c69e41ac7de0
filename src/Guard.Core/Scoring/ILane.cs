namespace Guard.Core.Scoring;

/// <summary>The operations on a vector of floats of some width, so that one kernel serves every width of the processor.</summary>
internal unsafe interface ILane<TVector>
    where TVector : struct
{
    /// <summary>Gets the number of floats; divides <see cref="DenseKernel.Padding"/>.</summary>
    static abstract int Width { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    static abstract TVector Broadcast(float value);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>max(value, 0), where NaN stays NaN.</summary>
    static abstract TVector Relu(TVector value);
}
