namespace Manufactura.Plant.Simulation.Stage;

/// <summary>What happens to one request on its way to the database and back.</summary>
public enum Blow
{
    /// <summary>It never arrives.</summary>
    Lost,

    /// <summary>It arrives without its end, which the server takes back.</summary>
    Torn,

    /// <summary>It is carried out, and nobody hears of it.</summary>
    AnswerLost,

    /// <summary>It arrives when its sender has long connected again, or another has taken its place.</summary>
    Late,
}

/// <summary>A fault that waits for its moment.</summary>
/// <param name="OnCommit">Whether it strikes a commit; else any request.</param>
/// <param name="After">How many of them pass before.</param>
/// <param name="Dies">Whether the host dies of it; else only its connections do.</param>
public sealed record Strike(Blow Blow, bool OnCommit, int After, bool Dies);
