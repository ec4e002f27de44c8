using System.Net;
using System.Net.Http.Json;
using Manufactura.Dashboard.Access;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Access;

public sealed class ThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress There = IPAddress.Parse("10.0.0.2");

    private readonly FakeClock _clock = new();
    private readonly SignInThrottle _throttle;

    public ThrottleTests() => _throttle = new SignInThrottle(_clock);

    [Fact]
    public void After_five_failures_a_user_waits_at_that_address_only()
    {
        Fail("ana", Here, SignInThrottle.PerUser);
        Assert.NotNull(_throttle.Begin("ana", Here));
        Assert.NotNull(_throttle.Begin(" ANA ", Here));
        Assert.NotNull(_throttle.Begin("ana", Here.MapToIPv6()));
        Assert.Null(_throttle.Begin("ana", There));
        Assert.Null(_throttle.Begin("luis", Here));
    }

    [Fact]
    public void The_wait_ends_with_the_window()
    {
        Fail("ana", Here, SignInThrottle.PerUser);
        _clock.Advance(SignInThrottle.Window - TimeSpan.FromSeconds(10));
        Assert.InRange(_throttle.Begin("ana", Here)!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(_throttle.Begin("ana", Here));
    }

    [Fact]
    public void An_address_that_tries_many_users_waits_too()
    {
        for (var i = 0; i < SignInThrottle.PerAddress; i++)
            Assert.Null(_throttle.Begin($"user{i}", Here));
        Assert.NotNull(_throttle.Begin("somebody-else", Here));
        Assert.Null(_throttle.Begin("somebody-else", There));
    }

    [Fact]
    public void A_success_clears_the_user_and_is_not_held_against_the_address()
    {
        for (var i = 0; i < SignInThrottle.PerAddress * 2; i++)
        {
            Assert.Null(_throttle.Begin("ana", Here));
            _throttle.Succeeded("ana", Here);
        }
        Fail("ana", Here, SignInThrottle.PerUser - 1);
        Assert.Null(_throttle.Begin("ana", Here));
    }

    [Fact]
    public async Task Attempts_at_the_same_time_do_not_slip_through_together()
    {
        var let = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _throttle.Begin("ana", Here) is null)));
        Assert.Equal(SignInThrottle.PerUser, let.Count(through => through));
    }

    private void Fail(string user, IPAddress address, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Null(_throttle.Begin(user, address));
    }
}

[Collection(Plant.Name)]
public sealed class ThrottledSignInTests(PlantApp app)
{
    [Fact]
    public async Task The_sixth_wrong_password_is_429_with_Retry_After_even_when_right_and_the_window_ends_it()
    {
        app.Clock.Advance(SignInThrottle.Window);
        using var client = app.Anonymous();
        for (var i = 0; i < SignInThrottle.PerUser; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(client, "wrong")).StatusCode);
        var refused = await LoginAsync(client, PlantApp.Password);
        await Problem.ExpectAsync(refused, HttpStatusCode.TooManyRequests, "too-many-attempts");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), SignInThrottle.Window);

        using var browser = app.Browser();
        var page = await SignInTests.SignInAsync(browser, "vendedor", PlantApp.Password, "/");
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);

        app.Clock.Advance(SignInThrottle.Window);
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(client, PlantApp.Password)).StatusCode);
    }

    private static Task<HttpResponseMessage> LoginAsync(HttpClient client, string password) =>
        client.PostAsJsonAsync("/api/v1/auth/login", new { user = "vendedor", password });
}
