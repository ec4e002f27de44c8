using System.Net;
using Manufactura.Silo;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Access;

/// <summary>Orleans' own pages, in builds that have them (<c>-p:ActorRuntime=Orleans -p:OrleansDashboard=true</c>).</summary>
[Collection(Plant.Name)]
public sealed class ClusterViewTests(PlantApp app)
{
    [Theory]
    [InlineData("/cluster/")]
    [InlineData("/cluster/ClusterStats")]
    public async Task Only_an_admin_sees_the_nodes(string path)
    {
        foreach (var user in (string[])["jefe", "supervisor", "calidad", "operario", "vendedor"])
        {
            using var other = await app.SignedInAsync(user);
            Assert.Equal(
                ClusterView.IsThere ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound,
                (await other.GetAsync(path)).StatusCode
            );
        }

        using var anonymous = app.Anonymous();
        Assert.NotEqual(HttpStatusCode.OK, (await anonymous.GetAsync(path)).StatusCode);
        using var admin = await app.SignedInAsync("admin");
        Assert.Equal(ClusterView.IsThere ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await admin.GetAsync(path)).StatusCode);
    }
}
